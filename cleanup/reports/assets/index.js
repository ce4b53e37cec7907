"use strict";
// Texts enter the page as text, never as mark-up.
const byId = (id) => document.getElementById(id);
const root = document.documentElement;
const { words, overview, bounds } = JSON.parse(byId("data").textContent);
let lang = root.lang === "en" ? "en" : "zh";
const say = (key) => words[lang][key] ?? key.slice(key.lastIndexOf(".") + 1);
const fill = (key, ...values) => values.reduce((text, value) => text.replace("{}", value), say(key));
const figure = (value, digits = 0) => value.toLocaleString(lang, { maximumFractionDigits: digits, minimumFractionDigits: digits });

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A page's results are named after it.
const place = (path) => path.split("/").map(encodeURIComponent).join("/");
function report(path) {
  const slash = path.lastIndexOf("/") + 1;
  const name = path.slice(slash);
  const dot = name.lastIndexOf(".");
  return place(path.slice(0, slash) + (dot > 0 ? name.slice(0, dot) : name) + ".report.html");
}
// White space is shown by a sign, or a change of it would be no change to the eye.
const signs = { "\n": "⏎", "\t": "⇥", " ": "␣", "\u3000": "＿" };
const visible = (text) => text === "" ? "∅" : text.replace(/[\n\t \u3000]/g, (char) => signs[char]).replace(/[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ue000-\uf8ff]/g, (char) => "U+" + char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0"));

function tally() {
  const counts = overview.counts;
  const shown = ["pages", "issues", "characters", "applied", "suggested", "flags", "remaining", "failed", "todo", "gone"];
  byId("tally").replaceChildren(...shown.filter((key) => counts[key] || !["failed", "todo", "gone"].includes(key)).map((key) =>
    make("li", { class: key === "failed" ? "bad" : "", title: key === "remaining" ? say("remaining.how") : undefined }, make("b", {}, figure(counts[key])), say("count." + key))));
}

function bars(rows, most) {
  return rows.map(([label, parts, said, open]) => {
    let at = 0;
    const svg = draw("svg", { height: 14, role: "img", "aria-label": label + ": " + said });
    for (const [kind, count] of parts) if (count) {
      const width = Math.max(1, 98 * count / most);
      svg.append(draw("rect", { class: kind, x: at + "%", width: width + "%", y: 1, height: 12, rx: 2 }));
      at += width + .4;
    }
    const head = open ? make("button", { class: "link", type: "button" }, label) : make("span", { title: label }, label);
    if (open) head.addEventListener("click", open);
    return make("div", { class: "bar" }, head, svg, make("span", {}, said));
  });
}

function families() {
  const rows = overview.families;
  const most = Math.max(1, ...rows.map((row) => row[1] + row[2] + row[3]));
  const key = make("p", { class: "key" }, ...["applied", "withheld", "flagged"].map((kind) => {
    const swatch = draw("svg", { class: "swatch", width: 14, height: 10 }, draw("rect", { class: kind, width: 14, height: 10, rx: 2 }));
    return make("span", {}, swatch, say("status." + kind));
  }));
  byId("families").replaceChildren(key, ...bars(rows.map(([family, ...counts]) => [say("family." + family), [["applied", counts[0]], ["withheld", counts[1]], ["flagged", counts[2]]], counts.map((count) => figure(count)).join(" · ")]), most));
}

function quality() {
  const labels = overview.quality.map((_, at) => at === 0 ? "< " + bounds[0] : at === bounds.length ? "> " + bounds.at(-1) : bounds[at - 1] + " – " + bounds[at]);
  byId("quality").replaceChildren(...bars(overview.quality.map((count, at) => [labels[at], [["applied", count]], figure(count)]), Math.max(1, ...overview.quality)));
}

function people() {
  const most = Math.max(1, ...overview.names.map((row) => row[2]));
  byId("people").replaceChildren(make("div", { class: "scroller" }, ...bars(overview.names.map(([name, title, times]) => [name, [["applied", times]], figure(times), () => openTable("names", name)]), most)));
}

function pairs() {
  const head = ["pair.read", "pair.printed", "times", "pages", "issues", "pair.examples"].map((key, at) => make("th", at < 2 ? { class: "word" } : {}, say(key)));
  const rows = overview.pairs.map((pair) => make("tr", {},
    make("td", { class: "word gone" }, visible(pair.before)), make("td", { class: "word put" }, visible(pair.after)),
    make("td", {}, figure(pair.count)), make("td", {}, figure(pair.pages)), make("td", {}, figure(pair.issues)),
    make("td", {}, ...pair.examples.map(([path, address, id], at) => make("a", { href: address + "#" + encodeURIComponent(id), title: path }, String(at + 1))))));
  byId("pairs").replaceChildren(make("div", { class: "scroller" }, make("table", { class: "pairs" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows))));
}

function timeline() {
  const steps = overview.timeline;
  const rate = (step) => step.characters ? 1000 * step.applied / step.characters : 0;
  const most = Math.max(1e-9, ...steps.map(rate));
  const width = 1000, height = 150, wide = width / Math.max(1, steps.length);
  const svg = draw("svg", { class: "columns-of", viewBox: `0 -12 ${width} ${height + 34}`, role: "img", "aria-label": say("chart.timeline") });
  for (const share of [0, .5, 1]) {
    const y = height - share * height;
    svg.append(draw("line", { x1: 0, x2: width, y1: y, y2: y }), draw("text", { x: 2, y: y - 3 }, (most * share).toFixed(1)));
  }
  steps.forEach((step, at) => {
    const tall = height * rate(step) / most;
    const rect = draw("rect", { x: at * wide + wide * .1, width: Math.max(.8, Math.min(wide * .8, 60)), y: height - tall, height: tall });
    const named = step.first === step.last ? step.first : step.first + " – " + step.last;
    rect.append(draw("title", {}, `${named}: ${rate(step).toFixed(1)} ‰, ${figure(step.pages)} ${say("count.pages")}`));
    rect.addEventListener("click", () => openTable("pages", "", step.first));
    svg.append(rect);
  });
  if (steps.length) svg.append(draw("text", { x: 0, y: height + 16 }, steps[0].first), draw("text", { x: width, y: height + 16, "text-anchor": "end" }, steps.at(-1).last));
  byId("timeline").replaceChildren(svg);
}

function speak(next) {
  lang = root.lang = next;
  for (const element of document.querySelectorAll("[data-w]")) element.textContent = say(element.dataset.w);
  for (const element of document.querySelectorAll("[data-w-label]")) {
    element.setAttribute("aria-label", say(element.dataset.wLabel));
    if ("placeholder" in element) element.placeholder = say(element.dataset.wLabel);
  }
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  tally(); timeline(); families(); quality(); pairs(); people();
  tabs(); titles(); refresh();
}
