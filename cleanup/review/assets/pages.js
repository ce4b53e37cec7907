// Place by place: the queue, the text around, the details. One key decides and goes to the next. Flags as well.
import * as actions from "./actions.js";
import { get } from "./api.js";
import { card, cardOf, reading, warm } from "./card.js";
import { decide, fetchItems, item, row, watch } from "./items.js";
import { List } from "./list.js";
import * as filters from "./filters.js";
import { Scan, STEP } from "./scan.js";
import { make, say, toast } from "./say.js";
import { Text } from "./text.js";

export function pages(kind) {
  let ids = [];
  let chosen = null;
  const list = new List({
    height: 62, label: say("review.queue"),
    render: (at) => (item(ids[at]) ? row(item(ids[at])) : null),
    load: (from, to) => fetchItems(ids.slice(from, to)).catch((error) => { toast(error.message, true); return false; }),
    pick: (at) => show(ids[at]),
  });
  const scan = new Scan((number, x, y) => text.reach(number, x, y));
  const text = new Text((id) => id !== undefined && choose(id), (place) => scan.follow(place), scan.tool);
  const details = make("section", { class: "details", "aria-live": "polite", "aria-label": say("details") });
  const head = make("div", { class: "queue-head" });
  const queue = make("section", { class: "queue", "aria-label": say("review.queue") }, head, list.element);
  const element = make("div", { class: "desk3 " + kind }, queue, text.element, scan.element, details);

  function title() {
    const place = list.current >= 0 ? `${(list.current + 1).toLocaleString("en-US")} / ` : "";
    head.replaceChildren(make("span", { class: "number", role: "status" }, place + ids.length.toLocaleString("en-US")),
      make("button", { type: "button", class: "quiet", "aria-label": say("previous"), "aria-keyshortcuts": "k", onclick: () => step(-1) }, "↑ ", make("kbd", {}, "k")),
      make("button", { type: "button", class: "quiet", "aria-label": say("next"), "aria-keyshortcuts": "j", onclick: () => step(1) }, "↓ ", make("kbd", {}, "j")));
  }
  async function show(id) {
    chosen = id;
    title();
    // Not where the person has just asked for another view.
    if (location.hash.startsWith("#" + kind)) history.replaceState(null, "", `#${kind}/${id}`);
    try { await fetchItems([id]); } catch (error) { return toast(error.message, true); }
    if (chosen !== id || !item(id)) return;
    details.replaceChildren(cardOf(id, () => next()));
    details.scrollTop = 0;
    text.show(item(id));
    scan.show(item(id));
    const following = ids[ids.indexOf(id) + 1];
    if (following !== undefined) fetchItems([following]).then(() => warm(item(following))).catch(() => {});
  }
  function choose(id) {
    const at = ids.indexOf(id);
    if (at >= 0) return list.select(at);
    // A place that the filter leaves out can be read and decided too.
    list.current = -1;
    list.mark();
    show(id);
  }
  function step(by) {
    if (ids.length) list.select(Math.min(ids.length - 1, Math.max(0, list.current < 0 ? 0 : list.current + by)));
  }
  // The next place that is still open; at the end the first one that was passed over.
  async function next() {
    for (let at = list.current + 1; at < ids.length; at++) {
      if (!item(ids[at])) await fetchItems(ids.slice(at, at + 60)).catch(() => {});
      if (!item(ids[at]) || item(ids[at]).state === "") return list.select(at);
    }
    const skipped = ids.findIndex((id) => item(id)?.state === "");
    if (skipped >= 0 && skipped !== list.current) return list.select(skipped);
    toast(say("review.all-done"));
  }
  let asked;
  async function load(wanted) {
    const asking = (asked = get("ids", { ...filters.filter(), order: filters.order() }));
    try {
      const answer = await asking;
      if (asked !== asking) return;
      ({ ids } = answer);
    } catch (error) {
      return toast(error.message, true);
    }
    list.reset(ids.length);
    title();
    const id = wanted ?? chosen;
    if (ids.includes(id)) list.select(ids.indexOf(id));
    else if (wanted) show(wanted);
    else if (ids.length) list.select(0);
    else {
      chosen = null;
      text.forget();
      text.rows.replaceChildren();
      text.title.replaceChildren();
      details.replaceChildren(make("p", { class: "clean" }, say("review.nothing-left")));
    }
  }
  const one = () => item(chosen);
  async function act(verdict, said = "") {
    if (!one()) return;
    const at = list.current;
    // The eye moves on at once; the server is asked meanwhile.
    const asked = decide(chosen, verdict, said);
    await next();
    if (!(await asked) && at >= 0) list.select(at);
  }
  const unwatch = watch((changed, whole) => {
    if (whole) return load();
    text.settle(changed);
    list.refresh();
    if (changed.has(chosen) && one()) details.replaceChildren(card(one(), () => next()));
  });
  return {
    element, load,
    undone: ({ changed }) => { const here = new Set(ids); if (changed.some(([id]) => !here.has(id))) load(); },
    close: unwatch,
    keys: {
      j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
      a: () => act("accepted"), r: () => act("rejected"),
      e: () => one() && actions.change(one()).then((done) => done && next()),
      p: () => one() && actions.protect(one()), d: () => one() && one().kind === "fix" && actions.learn(one()),
      s: () => scan.turn(), "+": () => scan.scale(STEP), "=": () => scan.scale(STEP), "-": () => scan.scale(1 / STEP), 0: () => scan.fit(),
      o: () => one() && actions.introduce(one()), n: () => one() && actions.note(one()),
      ...Object.fromEntries([1, 2, 3, 4, 5].map((number) => [number, async () => {
        const said = one() && await reading(one(), number);
        if (said !== null && said !== undefined) act("edited", said);
      }])),
    },
  };
}
