
// Filters
const haystacks = records.map((record, index) =>
  [record.rule, record.id, record.why.zh, record.why.en, ...record.evidence, ...places[index], ...record.edits.flatMap((edit) => [edit.before, edit.after])].join("\n").toLowerCase());
const tally = (values) => values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map());
const selects = {
  status: { of: (record) => record.status, name: (value) => say("status." + value), order: statuses },
  family: { of: family, name: (value) => say("family." + value) },
  rule: { of: (record) => record.rule, name: (value) => value },
};
function offer() {
  for (const [key, { of, name, order }] of Object.entries(selects)) {
    const box = byId("by-" + key);
    const kept = box.value;
    const counts = tally(records.map(of));
    const values = (order ?? [...counts.keys()].sort()).filter((value) => counts.has(value));
    box.replaceChildren(make("option", { value: "" }, say("filter." + key)), ...values.map((value) => make("option", { value }, `${name(value)} (${counts.get(value)})`)));
    box.value = kept;
  }
}
function filter() {
  const query = byId("search").value.trim().toLowerCase();
  const wanted = Object.entries(selects).map(([key, { of }]) => [byId("by-" + key).value, of]);
  const passes = records.map((record, index) => wanted.every(([value, of]) => !value || of(record) === value) && haystacks[index].includes(query));
  shown = records.map((_, index) => index).filter((index) => passes[index]);
  draw(0);
  for (const row of document.querySelectorAll("#rows .c")) row.classList.add("idle");
  for (const element of document.querySelectorAll("#rows .x")) {
    const on = element.numbers.some((number) => passes[number]);
    element.classList.toggle("off", !on);
    if (on) element.closest(".r").classList.remove("idle");
  }
  const active = Boolean(query) || wanted.some(([value]) => value);
  byId("clear").hidden = !active;
  for (const box of document.querySelectorAll(".filters select")) box.classList.toggle("on", Boolean(box.value));
  for (const button of document.querySelectorAll(".count")) button.setAttribute("aria-pressed", String(button.dataset.status === byId("by-status").value));
  byId("none").hidden = shown.length > 0;
  byId("records-number").textContent = active ? `${shown.length} / ${records.length}` : String(records.length);
  count();
}

// The list is drawn as far as it is read: thousands of entries at once would keep the page waiting.
const PART = 100;
let from = 0;
let to = 0;
function draw(start) {
  from = to = start;
  byId("list").replaceChildren();
  later();
}
function later(number = PART) {
  const next = shown.slice(to, to + number);
  byId("list").append(...next.map(item));
  to += next.length;
  edges();
}
function earlier() {
  const start = Math.max(0, from - PART);
  const height = byId("shelf").scrollHeight;
  byId("list").prepend(...shown.slice(start, from).map(item));
  byId("shelf").scrollTop += byId("shelf").scrollHeight - height;
  from = start;
  edges();
}
function reach(index) {
  const at = shown.indexOf(index);
  if (at >= 0 && (at < from || at >= to)) draw(Math.max(0, at - 20));
}
function edges() {
  byId("earlier").hidden = from === 0;
  byId("later").hidden = to >= shown.length;
  reader.unobserve(byId("later"));
  reader.observe(byId("later"));
}
const reader = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) later(); });

const FIRST = 6;
function flags(all = byId("look-more").dataset.all === "1") {
  const found = records.flatMap((record, index) => (record.status === "flagged" ? [index] : []));
  byId("look").hidden = !found.length;
  byId("look-number").textContent = found.length;
  byId("look-list").replaceChildren(...found.slice(0, all ? found.length : FIRST).map(item));
  byId("look-more").hidden = all || found.length <= FIRST;
  byId("look-more").textContent = `${say("more")} (${found.length})`;
}

function speak(next) {
  lang = root.lang = next;
  for (const element of document.querySelectorAll("[data-w]")) element.textContent = say(element.dataset.w);
  for (const element of document.querySelectorAll("[data-w-label]")) element.setAttribute("aria-label", say(element.dataset.wLabel));
  for (const element of document.querySelectorAll("[data-w-title]")) element.title = say(element.dataset.wTitle);
  for (const element of document.querySelectorAll("[data-w-placeholder]")) element.placeholder = say(element.dataset.wPlaceholder);
  for (const title of document.querySelectorAll("title[data-family]")) {
    const counts = title.dataset.counts.split(" ").map((number, at) => `${say("status." + statuses[at])} ${number}`);
    title.textContent = `${say("family." + title.dataset.family)}: ${counts.join(", ")}`;
  }
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  offer();
  flags();
  filter();
  const open = byId("cards").dataset.indexes;
  if (open) show(open.split(" ").map(Number));
  else byId("cards").replaceChildren(make("p", { class: "hint" }, say("details.hint")));
  select(current);
}
function view(next) {
  // The line that is being read stays where it is.
  const anchor = [...document.querySelectorAll("#rows .r")].find((row) => row.getBoundingClientRect().bottom > 120);
  const top = anchor?.getBoundingClientRect().top;
  root.dataset.view = next;
  for (const button of document.querySelectorAll("button[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === next));
  if (current >= 0) elementOf(current)?.scrollIntoView({ block: "center" });
  else if (anchor && top < 0) scrollBy(0, anchor.getBoundingClientRect().top - top);
}
function only() {
  document.body.classList.toggle("only", byId("only").checked);
}

byId("rows").addEventListener("click", (event) => {
  let element = event.target.closest(".x");
  if (!element || String(getSelection())) return;
  const indexes = [];
  for (; element; element = element.parentElement.closest(".x")) indexes.push(...element.numbers);
  const unique = [...new Set(indexes)].filter((index) => records[index]);
  go(unique[0], false, unique);
});
for (const box of document.querySelectorAll(".filters select")) box.addEventListener("change", filter);
let typing;
byId("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(filter, 120);
});
for (const button of document.querySelectorAll("[data-go]")) button.addEventListener("click", () => go(Number(button.dataset.go)));
byId("clear").addEventListener("click", () => {
  for (const box of document.querySelectorAll(".filters select, #search")) box.value = "";
  filter();
});
for (const button of document.querySelectorAll(".count")) button.addEventListener("click", () => {
  toText();
  byId("by-status").value = byId("by-status").value === button.dataset.status ? "" : button.dataset.status;
  filter();
});
for (const button of document.querySelectorAll("button[data-view]")) button.addEventListener("click", () => view(button.dataset.view));
for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => speak(button.dataset.lang));
byId("look-more").addEventListener("click", () => {
  byId("look-more").dataset.all = "1";
  flags();
});
byId("earlier").addEventListener("click", earlier);
byId("later").addEventListener("click", () => later());
// On paper there is no scrolling: the whole list and every flag.
addEventListener("beforeprint", () => {
  draw(0);
  later(shown.length);
  flags(true);
});
addEventListener("afterprint", () => {
  draw(0);
  flags();
});
byId("only").addEventListener("change", only);
byId("next").addEventListener("click", () => walk(1));
byId("previous").addEventListener("click", () => walk(-1));
byId("close").addEventListener("click", close);
byId("help").addEventListener("click", () => byId("keys").showModal());
byId("keys-close").addEventListener("click", () => byId("keys").close());

const keys = {
  n: () => walk(1), j: () => walk(1), p: () => walk(-1), k: () => walk(-1),
  1: () => view("inline"), 2: () => view("side"),
  c: () => { byId("only").checked = !byId("only").checked; only(); },
  "/": () => byId("search").focus(), "?": () => byId("keys").showModal(), Escape: close,
};
addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && target.matches("input, select")) {
    // The browser would empty the search field; what was sought stays.
    event.preventDefault();
    return target.blur();
  }
  if (target.matches("input:not([type=checkbox]), select, textarea") || (byId("keys").open && event.key !== "Escape")) return;
  if (target.matches("#rows .x") && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    target.click();
  } else if (keys[event.key] && records.length) {
    event.preventDefault();
    keys[event.key]();
  }
});
// What sticks below the tools, or scrolls to be seen, must know how high they are.
new ResizeObserver(([{ target }]) => root.style.setProperty("--bench", target.offsetHeight + "px")).observe(document.querySelector(".bench"));
speak(lang);
// The index of an archive links to single records.
const linked = records.findIndex((record) => record.id === decodeURIComponent(location.hash.slice(1)));
if (linked >= 0) go(linked, false);
