// Words in both languages, and text that is safe to look at.
let words = { zh: {}, en: {} };
let lang = "zh";
const listeners = [];

export const language = () => lang;
export function speak(next, all) {
  if (all) words = all;
  lang = next === "en" ? "en" : "zh";
  document.documentElement.lang = lang;
  localStorage.setItem("ocrfix-lang", lang);
  translate(document);
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  for (const listen of listeners) listen();
}
export const onSpeak = (listen) => listeners.push(listen);
export function translate(root) {
  for (const element of root.querySelectorAll("[data-w]")) element.textContent = say(element.dataset.w);
  for (const element of root.querySelectorAll("[data-w-label]")) element.setAttribute("aria-label", say(element.dataset.wLabel));
}

// The word for a key; {} stand for the values, in order. A number picks KEY.one where there is just one.
export function say(key, ...values) {
  const one = values[0] === 1 && words[lang][key + ".one"];
  let at = 0;
  return (one || words[lang][key] || key.slice(key.lastIndexOf(".") + 1)).replace(/\{\}/g, () => number(values[at++]));
}
export const number = (value) => (typeof value === "number" ? value.toLocaleString("en-US") : String(value ?? ""));
export const percent = (share, digits = 0) => (share * 100).toFixed(digits) + "%";
export const pick = (both) => (Array.isArray(both) ? both[lang === "zh" ? 0 : 1] : both[lang]);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== "" && child !== false));
  return element;
}

// White space and invisible characters are what an edit may be about: they are shown by sign or by code.
const unseen = /( +|\u3000+|\t+|\n)|[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ue000-\uf8ff\ud800-\udfff]/gu;
const signs = { " ": "␣", "\u3000": "＿", "\t": "⇥", "\n": "⏎" };
export const signed = (text) => text.replace(/[ \u3000\t\n]/g, (char) => signs[char]);
export function visible(text, spaces = true, breaks = "") {
  const out = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(unseen)) {
    if (match[1] && !spaces) continue;
    out.append(text.slice(last, match.index));
    last = match.index + match[0].length;
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    const name = words[lang]["invisible." + code];
    if (match[0] === "\n") out.append(make("i", { class: "e", title: name }), breaks);
    else if (match[1]) out.append(make("i", { class: "s", title: name, "data-v": signs[match[0][0]].repeat(match[0].length) }, match[0]));
    else out.append(make("i", { class: "u", title: name || "U+" + code, "data-v": "U+" + code }));
  }
  out.append(text.slice(last));
  return out;
}
export const plain = (text) => visible(text, false);
export const flat = (text) => plain(text.replace(/[ \t\r\n\f\u3000]+/g, " "));

let fading;
export function toast(text, bad = false) {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.className = bad ? "on bad" : "on";
  clearTimeout(fading);
  fading = setTimeout(() => { box.className = ""; }, bad ? 7000 : 2600);
}
