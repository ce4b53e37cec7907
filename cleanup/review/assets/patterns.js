// By pattern: 己→已, 412 places, 37 issues. A stroke decides what is shown, but for what was left out.
import * as actions from "./actions.js";
import { get } from "./api.js";
import { ask, tick } from "./dialogs.js";
import { context, decide, fetchItems, item, row, send, watch } from "./items.js";
import { List } from "./list.js";
import * as filters from "./filters.js";
import { make, percent, say, toast, visible } from "./say.js";

const STRETCH = 60;

export function patterns() {
  let known = new Map();
  let total = 0;
  let open = 0;
  let pattern = null;
  let ids = [];
  let without = new Set();
  let inside = false;
  const list = new List({ height: 70, label: say("review.patterns"), render: (at) => (known.has(at) ? line(known.get(at)) : null), load: stretch, pick: (at) => choose(known.get(at)) });
  const places = new List({
    height: 62, label: say("review.places"),
    render: (at) => (item(ids[at]) ? row(item(ids[at]), box(ids[at])) : null),
    load: (from, to) => fetchItems(ids.slice(from, to)).catch((error) => { toast(error.message, true); return false; }),
    pick: (at, byHand) => { if (byHand) into(true); },
  });
  const head = make("div", { class: "pattern-head" });
  const none = make("p", { class: "clean", hidden: true }, say("review.nothing-left"));
  const left = make("section", { class: "queue", "aria-label": say("review.patterns") }, make("div", { class: "queue-head" }, make("span", { class: "number", role: "status" })), list.element);
  const right = make("section", { class: "places", "aria-label": say("review.places") }, head, places.element);
  const element = make("div", { class: "desk2" }, left, right, none);

  function label(one) {
    if (one.kind === "flag") return make("span", { class: "sign" }, make("i", { class: "b" }), one.rule);
    if (!one.before && !one.after) return make("span", { class: "sign long" }, say("review.each-different"));
    return make("span", { class: "sign" }, one.before ? make("del", {}, visible(one.before)) : make("span", { class: "empty" }, "∅"), make("span", { class: "arrow" }, "→"), one.after ? make("ins", {}, visible(one.after)) : make("span", { class: "empty" }, "∅"));
  }
  const extent = (one) => `${say("review.n-places", one.total)} · ${say("review.n-issues", one.issues)}`;
  function line(one) {
    const done = one.accepted + one.rejected + one.edited;
    const share = done ? say("review.accepted-share", percent(one.accepted / done)) : percent(one.sure);
    return make("div", { class: "row pattern" }, make("span", { class: "body" },
      make("span", { class: "top" }, label(one), make("span", { class: "many" }, extent(one))),
      make("span", { class: "top low" }, make("code", {}, one.rule), split(one), make("span", { class: "sure" }, share))));
  }
  function split(one) {
    const bar = make("span", { class: "split", role: "img", "aria-label": say("review.split", one.accepted, one.rejected + one.edited, one.open) });
    for (const [name, count] of [["accepted", one.accepted], ["rejected", one.rejected], ["edited", one.edited], ["contested", one.contested], ["open", one.open]]) {
      if (!count) continue;
      const part = make("i", { class: name });
      part.style.flexGrow = count;
      bar.append(part);
    }
    return bar;
  }
  function box(id) {
    const tickBox = make("input", { type: "checkbox", tabindex: "-1", "aria-label": say("review.include") });
    tickBox.checked = !without.has(id);
    tickBox.disabled = item(id).state !== "";
    tickBox.addEventListener("change", () => leaveOut(id));
    return make("label", { class: "tickbox", title: say("review.include") }, tickBox);
  }
  function leaveOut(id) {
    if (item(id)?.state !== "") return;
    without.has(id) ? without.delete(id) : without.add(id);
    places.refresh();
    drawHead();
  }
  async function stretch(from, to) {
    const start = Math.floor(Math.max(0, from) / STRETCH) * STRETCH;
    const found = known;
    try {
      const answer = await get("patterns", { ...filters.filter(), order: filters.order(), offset: start, limit: Math.max(STRETCH, to - start) });
      answer.patterns.forEach((one, at) => found.set(start + at, one));
      return answer;
    } catch (error) {
      toast(error.message, true);
      return false;
    }
  }
  // `again`: the pattern that is open stays so; `still`: so does what was chosen and left out in it.
  async function load(again, still) {
    const mine = (known = new Map());
    const answer = await stretch(0, STRETCH);
    if (again && list.current >= STRETCH) await stretch(list.current - 5, list.current + 5);
    if (!answer || known !== mine) return;
    ({ total, open } = answer);
    const at = again && pattern ? [...known].find(([, one]) => one.id === pattern.id)?.[0] ?? -1 : -1;
    list.reset(total, at);
    none.hidden = total > 0;
    left.hidden = right.hidden = !total;
    tell();
    if (!still || at < 0) into(false);
    if (at >= 0) return choose(known.get(at), still);
    if (total) list.select(0);
  }
  function tell() {
    left.querySelector(".number").textContent = `${say("review.patterns-number", total)} · ${say("review.places-left", open)}`;
  }
  async function choose(one, still) {
    if (!one) return;
    pattern = one;
    if (!still) without = new Set();
    const chosen = still ? ids[places.current] : undefined;
    const answer = await get("ids", { ...filters.filter(), pattern: one.id, order: filters.order() === "sure" ? "sure" : "unsure" }).catch((error) => toast(error.message, true));
    if (!answer || pattern !== one) return;
    ({ ids } = answer);
    places.reset(ids.length, ids.indexOf(chosen));
    if (places.current < 0) into(false);
    drawHead();
  }
  // One decision may settle several places: those with the same content.
  async function recount() {
    const one = pattern;
    const answer = await get("patterns", { ...filters.filter(), state: "", pattern: one.id }).catch(() => null);
    if (!answer?.patterns.length) return;
    open += answer.patterns[0].open - one.open;
    Object.assign(one, answer.patterns[0]);
    if (pattern === one) drawHead();
    tell();
    list.refresh();
  }
  function drawHead() {
    const one = pattern;
    const out = without.size;
    const button = (key, name, verdict, kind) => make("button", { type: "button", class: kind, disabled: context.readOnly || !one.open, "aria-keyshortcuts": key, onclick: () => batch(verdict) },
      say(out ? `review.${name}-but` : `review.${name}-all`, out), " ", make("kbd", {}, key));
    head.replaceChildren(
      make("h2", {}, label(one), make("code", {}, one.rule)),
      make("p", { class: "facts" }, make("span", {}, extent(one)), make("span", {}, say("review.left", one.open)),
        one.accepted + one.rejected + one.edited ? make("span", {}, say("review.split", one.accepted, one.rejected + one.edited, one.open)) : "",
        make("span", {}, say("confidence"), " ", percent(one.sure))),
      make("div", { class: "verdicts" }, button("A", "accept", "accepted", "yes"), button("R", "reject", "rejected", "no"),
        make("button", { type: "button", class: "quiet", onclick: () => { filters.prepare("pages", { ...filters.filter(), pattern: one.id, name: one.before || one.after ? `${one.before || "∅"}→${one.after || "∅"}` : one.rule }); location.hash = "pages"; } }, say("review.one-by-one"))));
  }
  async function batch(verdict) {
    const one = pattern;
    if (!one || context.readOnly) return;
    const wanted = { ...filters.filter(), pattern: one.id, state: "open" };
    delete wanted.name;
    const filter = clean(wanted);
    const now = await get("count", filter).catch((error) => toast(error.message, true));
    if (!now) return;
    const spared = new Set([...without].map((id) => item(id)?.key).filter(Boolean));
    // Places with the same content as one that was left out are left out with it.
    const twins = ids.filter((id) => item(id) && spared.has(item(id).key) && item(id).state === "").length;
    const expected = now.places - Math.max(twins, without.size);
    const answer = await ask(say(`review.${verdict}.title`, expected), [
      make("p", { class: "sample" }, label(one)), make("p", {}, say("review.batch.scope", say("review.n-places", expected), say("review.n-issues", now.issues))),
      without.size ? make("p", {}, say("review.batch.without", without.size)) : "",
      without.size ? tick(say(verdict === "accepted" ? "review.batch.reject-others" : "review.batch.accept-others"), "opposite") : "",
      one.pid ? tick(say("review.batch.everywhere"), "everywhere", say("review.batch.everywhere.hint")) : "",
      make("p", { class: "hint" }, say("review.batch.undo"))], say(`review.${verdict}.act`, expected), verdict === "accepted" ? "yes" : "no");
    if (!answer) return;
    const done = await send("batch", { filter, verdict, expected, without: [...without], opposite: Boolean(answer.opposite), everywhere: Boolean(answer.everywhere) }, (result) => say("review.batch.done", result.count));
    if (done) load(true).then(() => { if (pattern && !pattern.open) list.step(1); });
  }
  function clean(values) {
    const typed = {};
    for (const [name, value] of Object.entries(values)) {
      if (value === "" || value === undefined || name === "order") continue;
      typed[name] = ["low", "high"].includes(name) ? Number(value) : ["issue", "file", "pattern"].includes(name) ? Number(value) : value;
    }
    return typed;
  }
  function into(now) {
    inside = now && ids.length > 0;
    element.classList.toggle("inside", inside);
    if (inside && places.current < 0) places.select(0);
  }
  const one = () => (inside ? item(ids[places.current]) : null);
  async function single(verdict) {
    if (!inside) return batch(verdict);
    if (one() && await decide(one().id, verdict)) {
      places.step(1);
      recount();
    }
  }
  const unwatch = watch((changed, whole) => {
    if (whole) return load(true);
    places.refresh();
  });
  const step = (by) => (inside ? places : list).step(by);
  return {
    element, load, close: unwatch,
    undone: (done) => done.reload || load(true, true),
    keys: {
      j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
      Enter: () => into(true), l: () => into(true), ArrowRight: () => into(true), h: () => into(false), ArrowLeft: () => into(false), Escape: () => into(false),
      a: () => single("accepted"), r: () => single("rejected"), A: () => batch("accepted"), R: () => batch("rejected"),
      x: () => inside && places.current >= 0 && leaveOut(ids[places.current]),
      e: () => one() && actions.change(one()), p: () => one() && actions.protect(one()), d: () => one() && actions.learn(one()),
      o: () => one() && actions.introduce(one()), n: () => one() && actions.note(one()),
      g: () => one() && (location.hash = `pages/${one().id}`),
    },
  };
}
