// The details of a record: what, why, how sure; its readings, one key each; what people said of it.
import * as actions from "./actions.js";
import { get } from "./api.js";
import { chip, decide, item, stateChip, stateWord, where } from "./items.js";
import { crop } from "./scan.js";
import { make, percent, pick, plain, say, visible } from "./say.js";

const read = new Map();
export const forgetSaid = () => read.clear();
async function fetchMore(one) {
  const key = `${one.id} ${one.state}`;
  if (!read.has(key)) {
    if (read.size > 400) read.clear();
    read.set(key, Promise.all([get("choices", { item: one.id }), get("said", { key: one.key })]));
    read.get(key).catch(() => read.delete(key));
  }
  return read.get(key);
}
export const warm = (one) => one && fetchMore(one).catch(() => {});

// The n-th other reading, from 1, as a decision; null where there is none.
export async function reading(one, number) {
  const [choices] = await fetchMore(one);
  const text = choices.readings[number - 1];
  return text === undefined ? null : text;
}

function change(one) {
  const out = make("div", { class: "change" });
  for (const [mark, text] of one.shown) {
    if (mark === "-") out.append(make("del", {}, visible(text, true, "\n")));
    else if (mark === "+") out.append(make("ins", {}, visible(text, true, "\n")));
    else out.append(mark === "…" ? " … " : visible(text, false));
  }
  if (one.kind === "fix" && !one.shown.some(([mark]) => mark === "+")) out.append(make("span", { class: "arrow" }, "→"), make("span", { class: "empty" }, say("nothing")));
  return out;
}
const button = (key, label, act, kind = "") => make("button", { type: "button", class: kind, "aria-keyshortcuts": key, onclick: act }, label, " ", make("kbd", {}, key));

export function card(one, next) {
  const flag = one.kind === "flag";
  const act = (verdict, text) => decide(one.id, verdict, text).then((done) => done && next());
  const out = make("article", { class: "card" },
    make("p", { class: "name" }, chip(one), make("code", {}, one.rule), one.state ? stateChip(one) : ""),
    make("p", { class: "why" }, plain(pick(one.why))), crop(one), change(one),
    make("div", { class: "verdicts" },
      button("a", say(flag ? "review.confirm" : one.status === "applied" ? "review.keep" : "review.accept"), () => act("accepted"), "yes"),
      button("r", say(flag ? "review.dismiss" : one.status === "applied" ? "review.revert" : "review.reject"), () => act("rejected"), "no"),
      button("e", say("review.edit"), () => actions.change(one).then((done) => done && next()))));
  const readings = make("ol", { class: "readings" });
  const list = make("dl");
  const add = (key, ...value) => list.append(make("dt", {}, say(key)), make("dd", {}, ...value));
  const many = (texts) => make("ul", {}, ...texts.map((text) => make("li", {}, plain(text))));
  if (one.reason) add("reason", say("reason." + one.reason));
  add("confidence", make("meter", { min: 0, max: 1, low: 0.5, high: 0.8, optimum: 1, value: one.confidence, "aria-label": say("confidence") }), percent(one.confidence));
  if (!flag) add("applicability", say("applicability." + one.level));
  if (one.evidence.length) add("evidence", many(one.evidence));
  if (one.alternatives.length) add("alternatives", many(one.alternatives.map((text) => text || say("nothing"))));
  add("place", plain(where(one)));
  const said = make("ul", { class: "saying" });
  out.append(readings, list, said, make("div", { class: "moves" },
    button("p", say("review.protect"), () => actions.protect(one)),
    flag ? "" : button("d", say("review.learn"), () => actions.learn(one)),
    button("o", say("review.person"), () => actions.introduce(one)),
    button("n", say("review.note"), () => actions.note(one))));
  fetchMore(one).then(([choices, told]) => {
    choices.readings.slice(0, 5).forEach((text, at) => readings.append(make("li", {}, button(String(at + 1), make("span", {}, visible(text || say("nothing"))), () => act("edited", text)))));
    for (const one of told.said) said.append(make("li", { class: one.kind }, make("b", {}, plain(one.who)), " ", make("time", { datetime: one.at }, one.at.slice(0, 16).replace("T", " ")), " ", one.kind === "note" ? plain(one.text) : stateWord(one.kind, one.verdict), one.verdict === "edited" ? make("ins", {}, visible(one.text)) : ""));
  }).catch(() => {});
  return out;
}
export const cardOf = (id, next) => (item(id) ? card(item(id), next) : make("p", { class: "hint" }, say("details.hint")));
