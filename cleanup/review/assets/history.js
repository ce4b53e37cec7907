// What was decided, newest first, each stroke with its undo; and what people disagree on.
import { get } from "./api.js";
import { context, send, stateWord, undone as takenBack } from "./items.js";
import { make, plain, say, toast, visible } from "./say.js";

const time = (at) => make("time", { datetime: at }, at.slice(0, 19).replace("T", " "));
const clipped = (text) => ([...text].length > 30 ? [...text].slice(0, 30).join("") + "…" : text);
const side = (tag, text) => (text ? make(tag, {}, visible(clipped(text))) : make("span", { class: "empty" }, "∅"));
function pattern(entry) {
  if (entry.kind === "word") return make("b", {}, plain(entry.text));
  if (entry.kind === "person") return make("b", {}, plain(JSON.parse(entry.text).name));
  if (entry.kind === "note") return make("span", {}, plain(entry.text));
  const edited = entry.verdict === "edited" ? [" ✎ ", side("ins", entry.text)] : "";
  if (entry.kind === "flag") return make("span", { class: "sign" }, make("i", { class: "b" }), make("span", { class: "hit" }, plain(clipped(entry.before))), edited);
  return make("span", { class: "sign" }, entry.before || entry.after ? [side("del", entry.before), " → ", side("ins", entry.after)] : "", edited);
}

export function log() {
  const element = make("div", { class: "sheet" });
  async function load() {
    let answer;
    try {
      answer = await get("history");
    } catch (error) {
      return toast(error.message, true);
    }
    const contested = answer.contested.map(({ said, item }) => make("li", {}, pattern(said[0]), make("span", { class: "near" }, plain(`${said[0].left.slice(-12)} … ${said[0].right.slice(0, 12)}`)),
      make("ul", {}, ...said.map((one) => make("li", {}, make("b", {}, plain(one.who)), " ", stateWord(one.kind, one.verdict), one.verdict === "edited" ? make("ins", {}, visible(one.text)) : "", " ", time(one.at)))),
      item ? make("button", { type: "button", onclick: () => { location.hash = `pages/${item}`; } }, say("review.settle")) : ""));
    const rows = answer.strokes.map(({ batch, who, at, verdict, size, places, first, undone }) => make("tr", { class: undone ? "undone" : "" },
      make("td", {}, time(at)), make("td", {}, plain(who)), make("td", {}, make("span", { class: "state " + verdict }, stateWord(first.kind, verdict))),
      make("td", {}, pattern(first), (places || size) > 1 ? make("small", {}, say("history.more", (places || size) - 1)) : ""), make("td", {}, make("code", {}, first.rule)),
      make("td", {}, undone ? say("history.undone") : context.readOnly ? "" : make("button", { type: "button", onclick: () => send("undo", { batch }, takenBack).then(load) }, say("review.undo")))));
    element.replaceChildren(
      make("section", { class: "panel" }, make("h2", {}, say("history.contested"), " ", make("span", { class: "number" }, contested.length)), contested.length ? make("ul", { class: "disputes" }, ...contested) : make("p", { class: "hint" }, say("history.agree"))),
      make("section", { class: "panel wide" }, make("h2", {}, say("history.strokes")), rows.length ? make("table", { class: "strokes" }, make("thead", {}, make("tr", {}, ...["when", "who", "verdict", "what", "rule", "undo"].map((key) => make("th", { scope: "col" }, say("history." + key))))), make("tbody", {}, ...rows)) : make("p", { class: "hint" }, say("history.nothing"))));
  }
  return { element, load, undone: load, close() {}, keys: {} };
}
