// The filter bar: what it holds is kept over a reload; views are told when it changes.
import { context, stateWord } from "./items.js";
import { make, plain, say } from "./say.js";

const ORDERS = { patterns: ["gain", "count", "unsure", "sure"], pages: ["place", "unsure", "sure", "gain"], flags: ["place", "unsure", "sure"] };
const STATES = ["open", "decided", "accepted", "rejected", "edited", "protected", "contested"];
const START = {
  patterns: { kind: "fix", status: "withheld", state: "open", order: "gain" },
  pages: { kind: "fix", status: "withheld", state: "open", order: "place" },
  flags: { kind: "flag", state: "open", order: "place" },
};
let view = "patterns";
let changed = () => {};
let wide = false;
// So long after the last key what was typed is looked for.
const PAUSE_MS = 300;
const kept = JSON.parse(sessionStorage.getItem("ocrfix-filters") || "{}");
const values = () => (kept[view] ||= { ...START[view] });

export const filter = () => { const { order, ...rest } = values(); return rest; };
export const order = () => values().order;
export function onFilter(listen) { changed = listen; }
export function set(more) {
  Object.assign(values(), more);
  save();
}
// What another view will show when it is opened.
export function prepare(other, more) {
  kept[other] = { ...START[other], ...more };
  keep();
}
const keep = () => sessionStorage.setItem("ocrfix-filters", JSON.stringify(kept));
function save() {
  keep();
  draw();
  changed();
}
// How many records of a kind there are, told apart by a field of the counts.
export function tally(field, test = () => true) {
  const at = ["kind", "status", "state", "family", "rule"].indexOf(field);
  const sums = new Map();
  for (const row of context.overview.counts) if (test(row)) sums.set(row[at], (sums.get(row[at]) || 0) + row[5]);
  return sums;
}

function select(name, options, all) {
  const box = make("select", { name, "aria-label": say("filter." + name) }, make("option", { value: "" }, all), ...options.map(([value, text]) => make("option", { value }, text)));
  const value = String(values()[name] ?? "");
  if (value && !options.some(([option]) => String(option) === value)) box.append(make("option", { value }, value));
  box.value = value;
  if (value !== String(START[view][name] ?? "")) box.classList.add("on");
  box.addEventListener("change", () => {
    values()[name] = box.value;
    if (name === "family") values().rule = "";
    save();
  });
  return box;
}
function field(name, type, attributes = {}) {
  const box = make("input", { name, type, "aria-label": say("filter." + name), value: values()[name] ?? "", ...attributes });
  if (values()[name]) box.classList.add("on");
  box.addEventListener("change", () => { values()[name] = box.value; save(); });
  return box;
}
// What is typed is looked for at once. The bar is not drawn anew: whoever writes Chinese is in the middle of it.
function searchBox() {
  const box = make("input", { name: "text", type: "search", "aria-label": say("filter.text"), value: values().text ?? "", placeholder: say("filter.text"), "aria-keyshortcuts": "/", id: "search" });
  const mine = values();
  let waiting;
  const look = () => {
    clearTimeout(waiting);
    if (mine !== values() || (mine.text ?? "") === box.value) return;
    mine.text = box.value;
    box.classList.toggle("on", Boolean(box.value));
    keep();
    changed();
  };
  const soon = (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(look, PAUSE_MS);
  };
  box.classList.toggle("on", Boolean(box.value));
  box.addEventListener("input", soon);
  box.addEventListener("compositionend", soon);
  box.addEventListener("change", look);
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); box.blur(); } });
  return box;
}
const counted = (sums, label) => [...sums].sort((a, b) => b[1] - a[1]).map(([value, count]) => [value, `${label(value)} (${count.toLocaleString("en-US")})`]);

export function show(next) {
  view = next;
  const bar = document.getElementById("filters");
  bar.hidden = !START[view];
  if (START[view]) draw();
}
function draw() {
  const bar = document.getElementById("filters");
  const focused = document.activeElement?.name;
  const now = values();
  const mine = (row) => row[0] === now.kind && (!now.status || row[1] === now.status) && (now.state !== "open" || row[2] === "");
  const more = [
    make("span", { class: "pair" }, make("span", {}, say("confidence")), percentField("low", 0), "–", percentField("high", 1)),
    select("person", context.overview.people.map(([name, count]) => [name, `${name} (${count})`]), say("filter.person.all")),
    select("issue", context.overview.issues.map(([id, name, day]) => [id, [name, day !== name ? day : ""].filter(Boolean).join(" · ") || "–"]), say("filter.issue.all")),
    make("span", { class: "pair" }, make("span", {}, say("filter.dates")), field("since", "date"), "–", field("until", "date")),
  ];
  const extra = ["low", "high", "person", "issue", "since", "until"].filter((name) => now[name] && now[name] !== "0").length;
  const toggle = make("button", { type: "button", class: "quiet", "aria-expanded": String(wide || extra > 0), onclick: () => { wide = !wide; draw(); } }, say("filter.more"), extra ? ` (${extra})` : "");
  const clear = make("button", { type: "button", class: "quiet", onclick: () => { kept[view] = { ...START[view] }; save(); } }, say("filter.clear"));
  const scoped = now.file || now.pattern;
  bar.replaceChildren(
    view === "flags" ? "" : select("status", ["withheld", "applied"].map((key) => [key, say("status." + key)]), say("filter.status.all")),
    select("state", STATES.map((key) => [key, stateWord(now.kind, key)]), say("filter.state.all")),
    select("family", counted(tally("family", mine), (name) => say("family." + name)), say("filter.family")),
    select("rule", counted(tally("rule", (row) => mine(row) && (!now.family || row[3] === now.family)), String), say("filter.rule")),
    searchBox(),
    scoped ? make("button", { type: "button", class: "on scope", onclick: () => set({ file: "", pattern: "", name: "" }) }, plain(now.name || say("filter.scope")), " ✕") : "",
    make("label", { class: "sort" }, make("span", {}, say("order")), orderBox()),
    toggle, clear,
    ...(wide || extra ? [make("span", { class: "more" }, ...more)] : []),
  );
  if (focused) bar.querySelector(`[name="${focused}"]`)?.focus();
}
function percentField(name, empty) {
  const shown = values()[name];
  const box = make("input", { name, type: "number", min: 0, max: 100, step: 1, placeholder: empty * 100, "aria-label": say("filter." + name), value: shown === undefined || shown === "" ? "" : Math.round(shown * 100) });
  box.addEventListener("change", () => { values()[name] = box.value === "" ? "" : Math.min(100, Math.max(0, box.valueAsNumber)) / 100; save(); });
  return box;
}
function orderBox() {
  const box = make("select", { name: "order", "aria-label": say("order") }, ...ORDERS[view].map((key) => make("option", { value: key }, say("order." + key))));
  box.value = values().order;
  box.addEventListener("change", () => { values().order = box.value; save(); });
  return box;
}
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
