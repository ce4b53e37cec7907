// The text of a page with its changes in place; marks know their records.
import { get } from "./api.js";
import { make, plain, say, signed, toast, visible } from "./say.js";

export class Text {
  // `pick` is told the item that a mark was clicked for, `move` the place on the scan that is being read.
  constructor(pick, move, tool) {
    this.pick = pick;
    this.page = null;
    this.current = null;
    this.still = 0;
    this.title = make("h2", { class: "page-title" });
    this.rows = make("div", { id: "rows" });
    this.earlier = make("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.more(-1) }, say("review.earlier"));
    this.later = make("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.more(1) }, say("review.later"));
    this.body = make("div", { class: "leaf", tabindex: "0" }, this.earlier, this.rows, this.later);
    this.element = make("section", { class: "paper", "aria-label": say("text") }, make("div", { class: "paper-head" }, this.title, tool), this.body);
    let asked = 0;
    this.body.addEventListener("scroll", () => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => {
        // What the page itself scrolls to is told by who chose it.
        if (performance.now() < this.still) return;
        const place = this.placeInSight();
        if (place) move(place);
      });
    }, { passive: true });
    this.rows.addEventListener("click", (event) => {
      const mark = event.target.closest(".x");
      if (mark && !String(getSelection())) this.pick(this.idOf(Number(mark.dataset.r.split(" ")[0])));
    });
  }
  idOf(record) { return this.page?.items[record]?.[0]; }
  recordOf(id) { return Object.entries(this.page?.items ?? {}).find(([, [other]]) => other === id)?.[0]; }

  async show(one) {
    const wanted = (this.wanted = one.id);
    if (this.page?.file !== one.file || !this.rows.querySelector(`[data-r~="${one.record}"]`)) {
      try {
        const page = await get("page", { file: one.file, record: one.record });
        if (this.wanted !== wanted) return;
        this.page = page;
        this.draw();
      } catch (error) {
        this.page = null;
        this.rows.replaceChildren(make("p", { class: "trouble" }, error.message));
        return;
      }
    }
    this.current = one.record;
    this.mark();
  }
  draw() {
    const { page } = this;
    this.title.replaceChildren(plain(page.name), make("span", { class: "number" }, plain([page.issue !== page.day ? page.issue : "", page.day].filter(Boolean).join(" · "))));
    this.title.title = page.path;
    this.rows.replaceChildren(...page.rows.map((row) => this.row(row)));
    this.edges();
  }
  edges() {
    this.earlier.hidden = this.page.first === 0;
    this.later.hidden = this.page.first + this.page.rows.length >= this.page.total;
  }
  async more(step) {
    const { page } = this;
    const size = 240;
    const start = step < 0 ? Math.max(0, page.first - size) : page.first + page.rows.length;
    try {
      const next = await get("page", { file: page.file, start });
      if (this.page !== page) return;
      const fresh = step < 0 ? next.rows.slice(0, page.first - start) : next.rows;
      const elements = fresh.map((row) => this.row(row));
      if (step < 0) { this.rows.prepend(...elements); page.first = start; page.rows.unshift(...fresh); }
      else { this.rows.append(...elements); page.rows.push(...fresh); }
      this.edges();
      this.mark(false);
    } catch (error) {
      toast(error.message, true);
    }
  }
  row(row) {
    const cell = make("div", { class: "t" }, ...row.cells.map((one) => this.cell(one)));
    const changed = row.cells.some((one) => one[0] === "x" || one[2].length);
    return make("div", { class: changed ? "r c" : "r", "data-n": row.line }, cell);
  }
  cell([kind, text, records, more]) {
    if (kind === "x") {
      const inner = more.map((one) => this.cell(one));
      return make("span", { class: "x a", "data-r": records.join(" ") }, text ? make("del", {}, visible(text, true, /\n/.test(text.replace(/^[ \u3000\n]+|[ \u3000\n]+$/g, "")) ? "\n" : "")) : "", inner.length ? make("ins", {}, ...inner) : text ? "" : make("i", { class: "z" }));
    }
    const ghosts = more.map(([record, becomes]) => make("i", { class: "g", "data-g": record, "data-v": "→" + (signed(becomes) || "∅") }));
    if (!records.length) return make("span", {}, plain(text), ...ghosts);
    const flags = records.filter((record) => this.page.items[record]?.[2] === "flagged");
    const kinds = [flags.length ? "f" : "", flags.length < records.length ? "w" : ""].filter(Boolean).join(" ");
    return make("span", { class: "x " + kinds, "data-r": records.join(" ") }, flags.length ? make("i", { class: "b" }) : "", flags.length === records.length ? plain(text) : visible(text, true, "\n"), ...ghosts);
  }
  // Decided places look decided; the chosen one is in sight.
  mark(move = true) {
    if (!this.page) return;
    for (const mark of this.rows.querySelectorAll(".x")) {
      const records = mark.dataset.r.split(" ").map(Number);
      const states = records.map((record) => this.page.items[record]?.[1] ?? "");
      mark.dataset.state = states.find((state) => state) ?? "";
      mark.classList.toggle("here", records.includes(this.current));
    }
    const here = this.rows.querySelector(".x.here");
    if (here && move) {
      this.still = performance.now() + 200;
      here.scrollIntoView({ block: "center" });
      // Rows get their true height only once they are drawn.
      requestAnimationFrame(() => here.scrollIntoView({ block: "center" }));
    }
  }
  // The place of the row in the middle, or of the nearest one that is known.
  placeInSight() {
    const { top, height, left, width } = this.body.getBoundingClientRect();
    const row = document.elementsFromPoint(left + width / 2, top + height / 2).find((element) => element.matches(".r"));
    const at = [...this.rows.children].indexOf(row);
    const rows = this.page?.rows ?? [];
    for (let by = 0; at >= 0 && by < 12; by++) for (const near of [rows[at - by], rows[at + by]]) if (near?.at) return near.at;
    return null;
  }
  // Bring the row that stands nearest to a place of the scan in sight.
  reach(scan, x, y) {
    let best = null;
    this.page?.rows.forEach(({ at }, index) => {
      if (at?.[0] !== scan) return;
      const away = Math.hypot(Math.max(at[1] - x, 0, x - at[3]), Math.max(at[2] - y, 0, y - at[4]));
      if (!best || away < best.away) best = { away, index };
    });
    if (!best) return;
    this.still = performance.now() + 200;
    for (const row of this.rows.querySelectorAll(".found")) row.classList.remove("found");
    this.rows.children[best.index].classList.add("found");
    this.rows.children[best.index].scrollIntoView({ block: "center" });
  }
  settle(changed) {
    if (!this.page) return;
    for (const one of Object.values(this.page.items)) if (changed.has(one[0])) one[1] = changed.get(one[0]);
    this.mark(false);
  }
  forget() { this.page = null; }
}
