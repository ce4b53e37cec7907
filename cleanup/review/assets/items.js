// Records by id, as far as they were fetched; what is decided here or in another window reaches every view.
import { get, post, Failed } from "./api.js";
import { flat, make, percent, plain, say, toast, visible } from "./say.js";

const known = new Map();
const watchers = new Set();
export const context = { readOnly: false, version: 0, overview: null };
export const item = (id) => known.get(id);
export const watch = (watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); };
const tell = (changed, whole) => { for (const watcher of watchers) watcher(changed, whole); };

export async function fetchItems(ids, again = false) {
  const missing = again ? ids : ids.filter((id) => !known.has(id));
  for (let at = 0; at < missing.length; at += 300) {
    const { items } = await get("items", { ids: missing.slice(at, at + 300).join(",") });
    for (const found of items) known.set(found.id, found);
  }
}
export function settle(answer) {
  const changed = new Map(answer.changed);
  for (const [id, state] of changed) if (known.has(id)) known.get(id).state = state;
  if (answer.version) context.version = answer.version;
  tell(changed, Boolean(answer.reload));
  if (answer.reload) renew();
}
// After a stroke over many records: those that the page holds are read anew, the latest first.
async function renew() {
  const ids = [...known.keys()].slice(-600);
  const before = new Map(ids.map((id) => [id, known.get(id).state]));
  for (const id of known.keys()) if (!before.has(id)) known.delete(id);
  try {
    await fetchItems(ids, true);
  } catch (error) {
    return toast(error.message, true);
  }
  tell(new Map(ids.filter((id) => known.get(id).state !== before.get(id)).map((id) => [id, known.get(id).state])), false);
}
// One decision: shown at once, taken back if the server refuses it.
export async function decide(id, verdict, text = "") {
  const one = known.get(id);
  if (!one || context.readOnly) return readOnly();
  const seen = one.state;
  one.state = verdict;
  tell(new Map([[id, verdict]]), false);
  try {
    settle(await post("decide", { item: id, verdict, text, seen }));
    return true;
  } catch (error) {
    one.state = error instanceof Failed && error.now ? error.now.state : seen;
    tell(new Map([[id, one.state]]), false);
    toast(error.message, true);
    return false;
  }
}
function readOnly() {
  if (context.readOnly) toast(say("review.read-only"), true);
  return false;
}
export async function send(name, body, done) {
  if (context.readOnly) return readOnly();
  try {
    const answer = await post(name, body);
    settle(answer);
    if (done) toast(done(answer));
    return answer;
  } catch (error) {
    toast(error.message, true);
    return false;
  }
}
export async function pulse() {
  try {
    const answer = await get("pulse", { since: context.version });
    const fresh = answer.version !== context.version;
    context.version = answer.version;
    if (fresh) settle(answer);
    document.body.classList.remove("offline");
  } catch (error) {
    document.body.classList.toggle("offline", error.code === 0);
  }
}

// What to say of a stroke that was taken back.
export const undone = ({ count, batch }) => (count ? say("review.undone", count) : say(batch ? "review.taken-back" : "review.nothing-to-undo"));

// How a record looks in a line.
export const chip = (one) => make("span", { class: "chip " + one.status }, say("status." + one.status));
// A flag is confirmed or not; nothing is taken out or put in by it.
export const stateWord = (kind, state) => say((kind === "flag" && ["accepted", "rejected"].includes(state) ? "flag." : "state.") + (state || "open"));
export const stateChip = ({ kind, state }) => make("span", { class: "state " + (state || "open") }, stateWord(kind, state));
export function said(one, around = 12) {
  const line = make("span", { class: "said" }, make("span", { class: "near" }, flat(one.left.slice(-around))));
  for (const [mark, text] of one.shown) {
    if (mark === "-") line.append(make("del", {}, visible(text)));
    else if (mark === "+") line.append(make("ins", {}, visible(text)));
    else if (mark === "…") line.append(" … ");
    else line.append(one.kind === "flag" ? make("span", { class: "hit" }, text ? plain(text) : make("i", { class: "b" })) : flat(text));
  }
  line.append(make("span", { class: "near" }, flat(one.right)));
  return line;
}
export function where(one) {
  const parts = [one.issue && one.issue !== one.day ? one.issue : "", one.day, one.name].filter(Boolean);
  const box = one.box ? say("box", one.box.map(Math.round).join(", ")) : "";
  return [...parts, one.page > 1 ? say("page", one.page) : "", say("line", one.line), box].filter(Boolean).join(" · ");
}
export function row(one, extra) {
  return make("div", { class: "row " + (one.state || "open") },
    extra, make("span", { class: "body" },
      make("span", { class: "top" }, one.state ? stateChip(one) : "", make("code", {}, one.rule), make("span", { class: "sure" }, percent(one.confidence)), make("span", { class: "place" }, plain(where(one)))),
      said(one)));
}
