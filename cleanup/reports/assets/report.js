"use strict";
// Everything shown is read from the journal that the page carries; texts enter the page as text, never as mark-up.
const byId = (id) => document.getElementById(id);
const root = document.documentElement;
const { records } = JSON.parse(byId("journal").textContent);
const { words, places, crops, spots } = JSON.parse(byId("page").textContent);
const family = (record) => record.rule.split(".")[0];
const statuses = ["applied", "withheld", "flagged"];
let lang = root.lang === "en" ? "en" : "zh";
let shown = records.map((_, index) => index);
let current = -1;

const say = (key) => words[lang][key] ?? key.slice(key.lastIndexOf(".") + 1);
const fill = (key, value) => say(key).replace("{}", value);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ""));
  return element;
}

// White space and invisible characters in an edit are what it may be about: show them by sign or by name.
const unseen = /( +|\u3000+|\t+|\n)|[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ue000-\uf8ff\ud800-\udfff]/gu;
const signs = { " ": "␣", "\u3000": "＿", "\t": "⇥" };
function visible(text, named = false, spaces = true) {
  const out = document.createDocumentFragment();
  const breaks = named && text.trim() ? "\n" : "";
  let last = 0;
  for (const match of text.matchAll(unseen)) {
    if (match[1] && !spaces) continue;
    out.append(text.slice(last, match.index));
    last = match.index + match[0].length;
    const first = match[0][0];
    const code = first.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const name = words[lang]["invisible." + code];
    if (first === "\n") out.append(make("i", { class: "e", title: name }), breaks);
    else if (match[1]) out.append(make("i", { class: "s", title: name, "data-v": signs[first].repeat(match[0].length) }, match[0]));
    else out.append(make("i", { class: "u", title: "U+" + code, "data-v": named && name ? name : "U+" + code }));
  }
  out.append(text.slice(last));
  return out;
}
const plain = (text) => visible(text, false, false);
const clipped = (text, limit) => ([...text].length > limit ? [...text].slice(0, limit - 1).join("") + "…" : text);

// Marks: which elements speak of a record, in which view.
const marks = records.map(() => []);
for (const element of document.querySelectorAll("#rows .x")) {
  const numbers = element.dataset.r.split(" ").map((number) => number - 1);
  element.numbers = numbers;
  element.setAttribute("role", "button");
  element.tabIndex = -1;
  for (const number of numbers) marks[number]?.push(element);
}
// A mark in several pieces is one stop for the Tab key; a mark in several records too.
for (const elements of marks) for (const cell of ["t", "l", "m"]) {
  const first = elements.find((element) => element.closest(".t, .l, .m").className === cell);
  if (first) first.tabIndex = 0;
}
const isSide = () => root.dataset.view === "side";
function elementOf(index) {
  return marks[index].find((element) => (element.closest(".t, .l, .m").className !== "t") === isSide());
}

function chip(record) {
  return make("span", { class: "chip " + record.status }, say("status." + record.status));
}
function placeOf(record) {
  return fill("line", record.line) + (record.page > 1 ? " · " + fill("page", record.page) : "");
}
const boxed = (box) => [box.left, box.top, box.right, box.bottom].map(Math.round).join(", ");
const percent = (record) => Math.round(record.confidence * 100) + "%";

function said(record, index) {
  const [before, there, after] = places[index];
  const line = make("span", { class: "said" });
  const near = (text) => make("span", { class: "near" }, plain(text.replace(/[ \t\r\n\f\u3000]+/g, " ")));
  if (!record.edits.length) {
    line.append(near(before), make("span", { class: "hit" }, there ? plain(there) : make("i", { class: "b" })), near(after));
    return line;
  }
  line.append(near(before));
  for (const edit of record.edits.slice(0, 2)) {
    if (edit.before) line.append(make("del", {}, visible(clipped(edit.before, 40))));
    if (edit.after) line.append(make("ins", {}, visible(clipped(edit.after, 40))));
    if (record.edits.length > 1) line.append(" ");
  }
  if (record.edits.length > 2) line.append("… ");
  line.append(near(after));
  return line;
}

function item(index) {
  const record = records[index];
  const where = make("span", { class: "where" }, chip(record), placeOf(record), make("span", { class: "rule" }, plain(record.rule)), percent(record), make("span", { class: "note" }, "#" + (index + 1)));
  const button = make("button", { type: "button", class: "item", "data-index": index }, where, strip(index), said(record, index), make("span", { class: "why" }, plain(record.why[lang])));
  button.addEventListener("click", () => go(index, false));
  return make("li", {}, button);
}

function changeOf(edit) {
  const side = (tag, text) => (text ? make(tag, {}, visible(text, true)) : make("span", { class: "empty" }, say("nothing")));
  return make("div", { class: "change" }, side("del", edit.before), make("span", { class: "arrow" }, "→"), side("ins", edit.after));
}

function card(index) {
  const record = records[index];
  const out = make("article", { class: "card" });
  out.append(make("p", { class: "name" }, make("code", {}, plain(record.rule)), chip(record), make("span", { class: "number" }, "#" + (index + 1))));
  out.append(make("p", { class: "why" }, plain(record.why[lang])));
  if (spots[index]) out.append(crop(index));
  for (const edit of record.edits.slice(0, 20)) out.append(changeOf(edit));
  if (record.edits.length > 20) out.append(make("p", { class: "hint" }, say("edits.more") + (record.edits.length - 20)));
  if (!record.edits.length && places[index][1]) out.append(make("div", { class: "change" }, visible(places[index][1], true, false)));
  const list = make("dl");
  const row = (key, ...value) => list.append(make("dt", {}, say(key)), make("dd", {}, ...value));
  const many = (texts) => make("ul", {}, ...texts.map((text) => make("li", {}, plain(text))));
  if (record.reason) row("reason", say("reason." + record.reason));
  row("confidence", make("meter", { min: 0, max: 1, low: 0.5, high: 0.8, optimum: 1, value: record.confidence }), percent(record));
  if (record.edits.length) row("applicability", say("applicability." + record.applicability));
  if (record.evidence.length) row("evidence", many(record.evidence));
  if (record.alternatives.length) row("alternatives", many(record.alternatives.map((text) => text || say("nothing"))));
  row("place", fill("line", record.line) + " · " + fill("page", record.page) + (record.box ? " · " + fill("box", boxed(record.box)) : "") + (record.step === null ? "" : " · " + fill("step", record.step + 1)));
  row("id", make("code", {}, record.id));
  if (record.status === "applied") row("undo", make("code", {}, "ocrfix undo JOURNAL --edit " + record.id));
  out.append(list);
  return out;
}

function show(indexes) {
  byId("cards").replaceChildren(...indexes.map(card));
  byId("cards").dataset.indexes = indexes.join(" ");
  document.body.classList.add("open");
  byId("details").scrollTop = 0;
  showSpots();
}
function close() {
  if (byId("keys").open) return byId("keys").close();
  document.body.classList.remove("open");
  byId("cards").replaceChildren(make("p", { class: "hint" }, say("details.hint")));
  byId("cards").dataset.indexes = "";
  select(-1);
}

function select(index) {
  for (const element of document.querySelectorAll(".here")) element.classList.remove("here");
  for (const element of document.querySelectorAll(".item[aria-current]")) element.removeAttribute("aria-current");
  current = index;
  if (index >= 0) {
    for (const element of marks[index]) element.classList.add("here");
    reach(index);
    for (const element of document.querySelectorAll(`.item[data-index="${index}"]`)) {
      element.setAttribute("aria-current", "true");
      const box = element.closest("#shelf");
      // The list follows; the page itself stays with the text.
      if (box) box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    }
  }
  count();
}
function go(index, focus = true, others = []) {
  toText();
  const element = elementOf(index);
  select(index);
  show([index, ...others.filter((other) => other !== index)]);
  const row = element?.closest(".r");
  if (!row) return;
  if (!others.length) {
    element.scrollIntoView({ block: innerWidth > 1020 ? "center" : "start" });
    // Rows above get their true height only once they are drawn, so the first landing may be off.
    requestAnimationFrame(() => {
      element.scrollIntoView({ block: innerWidth > 1020 ? "center" : "start" });
    });
  }
  if (focus) element.focus({ preventScroll: true });
}
function walk(step) {
  if (!shown.length) return;
  const next = step > 0 ? shown.find((index) => index > current) : shown.findLast((index) => index < (current < 0 ? records.length : current));
  go(next ?? (step > 0 ? shown[0] : shown[shown.length - 1]));
}
function count() {
  const at = shown.indexOf(current);
  byId("counter").textContent = (at < 0 ? "–" : at + 1) + " / " + shown.length;
}
