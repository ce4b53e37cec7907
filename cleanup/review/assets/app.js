// Start, views, keys. Texts enter the page as text, never as mark-up.
import { get, sign } from "./api.js";
import { forgetSaid } from "./card.js";
import { help, isOpen } from "./dialogs.js";
import * as filters from "./filters.js";
import { log } from "./history.js";
import { context, pulse, send, undone, watch } from "./items.js";
import { pages } from "./pages.js";
import { patterns } from "./patterns.js";
import { rules } from "./rules.js";
import { language, make, number, onSpeak, pick, say, speak, toast } from "./say.js";

const VIEWS = { patterns, pages: () => pages("pages"), flags: () => pages("flags"), rules, history: log };
const byId = (id) => document.getElementById(id);
let name = "";
let view = null;

function go() {
  const [wanted, id] = location.hash.slice(1).split("/");
  const next = VIEWS[wanted] ? wanted : "patterns";
  const item = id ? Number(id) : undefined;
  if (next === name && view) return item && view.load(item);
  name = next;
  view?.close();
  view = VIEWS[name]();
  byId("main").replaceChildren(view.element);
  document.body.dataset.view = name;
  document.title = `${say("review." + name)} · ocrfix`;
  for (const link of document.querySelectorAll("#views a")) link.dataset.view === name ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  filters.show(name);
  view.load(item);
}

// Decided and left, of what waits for a person: suggestions and flags; what was applied unasked stands apart.
function progress() {
  const sum = (test) => context.overview.counts.reduce((total, row) => total + (test(row) ? row[5] : 0), 0);
  const left = sum((row) => row[1] !== "applied" && row[2] === "");
  const all = left + sum((row) => row[2] !== "");
  const seen = sum((row) => row[1] === "applied" && row[2] !== "");
  const parts = ["withheld", "flagged"].map((status) => `${say("status." + status)} ${number(sum((row) => row[1] === status && row[2] !== ""))} / ${number(sum((row) => row[1] === status))}`);
  const title = [...parts, `${say("status.applied")} ${number(seen)} / ${number(sum((row) => row[1] === "applied"))}`].join(" · ");
  const bar = make("progress", { max: all || 1, value: all - left, "aria-label": say("review.progress") });
  byId("progress").replaceChildren(bar, make("span", { title }, say("review.decided-left", all - left, left)), make("small", {}, title));
  const flags = sum((row) => row[1] === "flagged" && row[2] === "");
  for (const [key, count] of [["flags", flags], ["patterns", sum((row) => row[1] === "withheld" && row[2] === "")]]) {
    const link = document.querySelector(`#views a[data-view="${key}"]`);
    link.querySelector(".number")?.remove();
    if (count) link.append(make("span", { class: "number", title: say("review.places-left", count) }, say("review.n-places", count)));
  }
}
let waiting;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    try {
      context.overview = await get("overview");
      progress();
    } catch { /* the pulse says so */ }
  }, 250);
}

async function start() {
  const hello = await get("hello");
  sign(hello.csrf);
  Object.assign(context, { readOnly: hello.readOnly, version: hello.version, overview: hello.overview });
  document.body.classList.toggle("read-only", hello.readOnly);
  const chosen = localStorage.getItem("ocrfix-lang") || hello.lang;
  const { troubled, troubles } = hello.overview;
  byId("trouble").hidden = !troubled;
  onSpeak(() => {
    progress();
    byId("trouble").textContent = troubled ? `${say("review.troubled", troubled)} ${troubles.slice(0, 3).map(([, ...both]) => pick(both)).join(" ")}` : "";
    name = "";
    go();
  });
  speak(chosen, hello.words);
  watch(soon);
  watch(() => forgetSaid());
  filters.onFilter(() => view?.load());
  addEventListener("hashchange", go);
  setInterval(() => document.visibilityState === "visible" && pulse(), 2000);
  document.body.classList.add("ready");
}

for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => button.dataset.lang !== language() && speak(button.dataset.lang));
// What was taken back may belong into a list that no longer has it.
async function undo() {
  const done = await send("undo", {}, undone);
  if (done) view?.undone?.(done);
}
byId("undo").addEventListener("click", undo);
byId("help").addEventListener("click", help);
const everywhere = { u: undo, "?": help, "/": () => byId("search")?.focus() };

addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isOpen()) return;
  if (target.matches("input:not([type=checkbox]), select, textarea")) {
    if (event.key === "Escape") { event.preventDefault(); target.blur(); }
    return;
  }
  if (target.matches("button, a, summary") && (event.key === "Enter" || event.key === " ")) return;
  const act = view?.keys[event.key] || everywhere[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

start().catch((error) => {
  document.body.classList.add("ready");
  byId("main").replaceChildren(make("p", { class: "trouble" }, error.message));
  toast(error.message, true);
});
