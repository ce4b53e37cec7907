// A list of any length: only the rows in sight are in the page. Rows have one height; `load` fetches a stretch.
import { make } from "./say.js";

export class List {
  constructor({ height, render, load, pick, label }) {
    Object.assign(this, { height, render, load, pick });
    this.length = 0;
    this.current = -1;
    this.rows = new Map();
    this.space = make("div", { class: "space" });
    this.element = make("div", { class: "list", role: "listbox", tabindex: "0", "aria-label": label }, this.space);
    this.element.addEventListener("scroll", () => this.draw(), { passive: true });
    this.element.addEventListener("click", (event) => {
      const row = event.target.closest("[data-at]");
      if (row && !event.target.closest("input, label, button")) this.select(Number(row.dataset.at), true);
    });
    new ResizeObserver(() => this.draw()).observe(this.element);
  }
  reset(length, current = -1) {
    this.length = length;
    this.current = current;
    this.space.style.height = length * this.height + "px";
    this.space.replaceChildren();
    this.rows.clear();
    this.element.scrollTop = 0;
    if (current >= 0) this.show(current);
    this.draw();
  }
  draw() {
    const first = Math.max(0, Math.floor(this.element.scrollTop / this.height) - 6);
    const last = Math.min(this.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / this.height) + 6);
    for (const [at, row] of this.rows) if (at < first || at >= last) { row.remove(); this.rows.delete(at); }
    const missing = [];
    for (let at = first; at < last; at++) {
      if (this.rows.has(at)) continue;
      const row = this.render(at);
      if (!row) missing.push(at);
      this.place(at, row || make("div", { class: "row waiting" }));
    }
    if (missing.length) this.load(missing[0], missing[missing.length - 1] + 1).then((fresh) => fresh !== false && this.refresh(missing));
  }
  place(at, row) {
    row.dataset.at = at;
    row.id = `${this.prefix ||= "row" + Math.random().toString(36).slice(2)}-${at}`;
    row.style.transform = `translateY(${at * this.height}px)`;
    row.style.height = this.height + "px";
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(at === this.current));
    row.setAttribute("aria-posinset", at + 1);
    row.setAttribute("aria-setsize", this.length);
    this.rows.get(at)?.remove();
    this.rows.set(at, row);
    // In order of place, so that what reads the page aloud reads it in order.
    const next = [...this.space.children].find((other) => Number(other.dataset.at) > at);
    this.space.insertBefore(row, next ?? null);
  }
  refresh(some = [...this.rows.keys()]) {
    for (const at of some) {
      if (!this.rows.has(at)) continue;
      const row = this.render(at);
      if (row) this.place(at, row);
    }
    this.mark();
  }
  mark() {
    for (const [at, row] of this.rows) row.setAttribute("aria-selected", String(at === this.current));
    const chosen = this.rows.get(this.current);
    if (chosen) this.element.setAttribute("aria-activedescendant", chosen.id);
    else this.element.removeAttribute("aria-activedescendant");
  }
  show(at) {
    const top = at * this.height;
    const view = this.element.clientHeight || 400;
    if (top < this.element.scrollTop + this.height) this.element.scrollTop = Math.max(0, top - this.height);
    else if (top + 2 * this.height > this.element.scrollTop + view) this.element.scrollTop = top + 2 * this.height - view;
  }
  select(at, byHand = false) {
    if (at < 0 || at >= this.length) return;
    this.current = at;
    this.show(at);
    this.draw();
    this.mark();
    this.pick(at, byHand);
  }
  step(by) {
    this.select(Math.min(this.length - 1, Math.max(0, this.current + by)));
  }
}
