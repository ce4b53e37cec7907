// Tables: rows come in parts; only the lines in view are in the page.
const HEIGHT = 34;
const ATONCE = 60; // parts that are loaded without being asked for: 300,000 rows
// 胡衙华 (applied ×2): the status in the reader's language.
const forms = (text) => text.replace(/\((applied|withheld) ×/g, (_, status) => `(${say("status." + status)} ×`);
const figures = (key, at, digits = 0) => ({ key, value: (row) => row[at], figure: true, digits, size: "minmax(4.4rem, 6.6rem)" });
const kinds = {
  issues: { text: (row) => row[0], columns: [
    { key: "issue", value: (row) => row[0], size: "minmax(12rem, 1fr)", cell: (row) => opener(row[0] || say("all"), () => openTable("pages", "", row[0])) },
    { key: "date", value: (row) => row[8], size: "7rem" },
    figures("pages", 1), figures("failed", 2), figures("applied", 3), figures("suggested", 4), figures("flags", 5), figures("remaining", 6, 1), figures("characters", 7) ] },
  pages: { text: (row) => row[0] + "\n" + row[1], columns: [
    { key: "path", value: (row) => row[0], size: "minmax(14rem, 2fr)", natural: true, cell: (row) => row[8] === "done" || (row[8] === "gone" && row[7]) ? make("a", { href: report(row[0]), class: row[8] }, row[0], row[8] === "gone" ? make("em", {}, " · " + say("gone")) : undefined) : row[0] },
    { key: "issue", value: (row) => row[1], size: "minmax(8rem, 1fr)" },
    figures("page", 2), figures("applied", 3), figures("suggested", 4), figures("flags", 5), figures("remaining", 6, 1), figures("characters", 7) ] },
  names: { text: (row) => row[0] + "\n" + row[2] + "\n" + (row[5] ?? ""), columns: [
    { key: "name", value: (row) => row[0], size: "8rem" },
    { key: "office", value: (row) => row[1], size: "minmax(10rem, 1fr)" },
    { key: "issue", value: (row) => row[2], size: "minmax(10rem, 1fr)", cell: (row) => opener(row[2], () => openTable("pages", "", row[2])) },
    figures("pages", 3), figures("times", 4),
    { key: "forms", value: (row) => row[5] ?? "", size: "minmax(10rem, 1.4fr)", cell: (row) => forms(row[5] ?? "") } ] },
  articles: { text: (row) => row[0] + "\n" + row[2], columns: [
    { key: "issue", value: (row) => row[0], size: "minmax(8rem, 1fr)" },
    { key: "title.of", value: (row) => row[2] || row[4], size: "minmax(14rem, 2fr)", cell: (row) => make("a", { href: place(row[4]) }, row[2] || row[4]) },
    { key: "page", value: (row) => row[3], size: "7rem" },
    figures("confidence", 5, 2) ] },
  loose: { text: (row) => row[0] + "\n" + row[3] + "\n" + row[6], columns: [
    { key: "issue", value: (row) => row[0], size: "minmax(7rem, 1fr)" },
    { key: "kind", value: (row) => say("kind." + row[2]), size: "8rem" },
    { key: "path", value: (row) => row[3], size: "minmax(8rem, 1fr)", cell: (row) => row[3] ? make("a", { href: report(row[3]) }, row[3]) : "" },
    figures("page", 4), figures("line", 5),
    { key: "mark", value: (row) => row[6], size: "8rem" },
    { key: "why", value: (row) => row[lang === "zh" ? 7 : 8], size: "minmax(14rem, 2fr)" } ] },
  failures: { text: (row) => row[0] + "\n" + row[1] + row[2], columns: [
    { key: "path", value: (row) => row[0], size: "minmax(12rem, 1fr)", natural: true },
    { key: "why", value: (row) => row[lang === "zh" ? 1 : 2], size: "3fr" } ] },
};
const order = ["issues", "pages", "names", "articles", "loose", "failures"];
for (const kind of order) Object.assign(kinds[kind], { rows: [], parts: 0, wanted: 0, asked: 0, sort: null, descending: false, list: [], sought: [] });
let open = "";
let within = null;

function opener(label, act) {
  const button = make("button", { class: "link", type: "button" }, label);
  button.addEventListener("click", act);
  return button;
}

// Called by the scripts index/KIND-N.js.
function part(kind, number, rows) {
  const table = kinds[kind];
  for (const row of rows) {
    table.rows.push(row);
    table.sought.push(table.text(row).toLowerCase());
  }
  table.parts = number + 1;
}
globalThis.part = part;

function load(kind) {
  const table = kinds[kind];
  const last = Math.min(overview.parts[kind] ?? 0, table.wanted);
  for (; table.asked < last; table.asked++) {
    const script = make("script", { src: `index/${kind}-${String(table.asked).padStart(5, "0")}.js` });
    script.async = false; // parts run in the order in which they were asked for
    script.onload = () => {
      script.remove();
      if (open === kind) soon();
    };
    script.onerror = () => { byId("shown").textContent = fill("lost", script.getAttribute("src")); };
    document.head.append(script);
  }
}

// Many parts come in one after the other; the table is drawn once for several.
let due = 0;
function soon() {
  due ||= setTimeout(() => {
    due = 0;
    refresh(false);
  }, kinds[open].parts > 1 && kinds[open].parts < kinds[open].asked ? 150 : 0);
}

function tabs() {
  const made = ["charts", ...order.filter((kind) => overview.rows[kind])].map((kind) => {
    const count = kind === "charts" ? "" : " " + figure(overview.rows[kind]);
    const button = make("button", { type: "button", role: "tab", "aria-selected": String((open || "charts") === kind), "data-kind": kind }, say(kind === "charts" ? "overview" : kind), make("span", { class: "number" }, count));
    button.addEventListener("click", () => kind === "charts" ? openCharts() : openTable(kind));
    return button;
  });
  byId("tabs").replaceChildren(...made);
}

function openCharts() {
  open = "";
  byId("charts").hidden = false;
  byId("rows-of").hidden = true;
  tabs();
}

function openTable(kind, query = "", issue = null) {
  open = kind;
  within = issue;
  byId("search").value = query;
  byId("charts").hidden = true;
  byId("rows-of").hidden = false;
  kinds[kind].wanted = Math.max(kinds[kind].wanted, ATONCE);
  load(kind);
  tabs(); titles(); refresh();
}

function titles() {
  if (!open) return;
  const table = kinds[open];
  byId("grid").style.setProperty("--sizes", table.columns.map((column) => column.size).join(" "));
  byId("titles").style.gridTemplateColumns = table.columns.map((column) => column.size).join(" ");
  byId("titles").replaceChildren(...table.columns.map((column, at) => {
    const button = make("button", { type: "button" }, say(column.key));
    button.addEventListener("click", () => {
      table.descending = table.sort === at ? !table.descending : Boolean(column.figure);
      table.sort = at;
      titles(); refresh();
    });
    const way = table.sort === at ? (table.descending ? "descending" : "ascending") : "none";
    return make("span", { class: column.figure ? "figure" : "", role: "columnheader", "aria-sort": way }, button);
  }));
}

// The rows that are sought, in the order asked for; rows come in natural order.
function refresh(fromTop = true) {
  if (!open) return;
  const table = kinds[open];
  const query = byId("search").value.trim().toLowerCase();
  const list = [];
  for (let at = 0; at < table.rows.length; at++) {
    if (query && !table.sought[at].includes(query)) continue;
    if (within !== null && table.rows[at][1] !== within) continue;
    list.push(at);
  }
  const column = table.columns[table.sort];
  if (column) {
    const way = table.descending ? -1 : 1;
    if (column.natural) { if (table.descending) list.reverse(); }
    else if (column.figure) list.sort((one, two) => way * (column.value(table.rows[one]) - column.value(table.rows[two])) || one - two);
    else {
      const compare = new Intl.Collator(lang, { numeric: true }).compare;
      list.sort((one, two) => way * compare(column.value(table.rows[one]), column.value(table.rows[two])) || one - two);
    }
  }
  table.list = list;
  const all = overview.rows[open] ?? 0;
  const busy = table.parts < table.asked;
  byId("shown").textContent = busy ? fill("loading", figure(table.rows.length), figure(all)) : fill("shown", figure(list.length), figure(all));
  byId("load-more").hidden = busy || table.parts >= (overview.parts[open] ?? 0);
  byId("within").hidden = within === null;
  byId("within").textContent = within === null ? "" : `${say("issue")}: ${within || say("all")} ✕`;
  byId("space").style.height = list.length * HEIGHT + "px";
  if (fromTop) byId("pane").scrollTop = 0;
  lines();
}

function lines() {
  if (!open) return;
  const table = kinds[open];
  const pane = byId("pane");
  const first = Math.max(0, Math.floor(pane.scrollTop / HEIGHT) - 10);
  const last = Math.min(table.list.length, Math.ceil((pane.scrollTop + pane.clientHeight) / HEIGHT) + 10);
  const sizes = table.columns.map((column) => column.size).join(" ");
  const made = [];
  for (let at = first; at < last; at++) {
    const row = table.rows[table.list[at]];
    const line = make("div", { class: "line" + (open === "pages" && row[8] === "failed" ? " failed" : ""), role: "row" });
    line.style.gridTemplateColumns = sizes;
    for (const column of table.columns) {
      const value = column.value(row);
      const cell = make("span", { role: "cell", class: column.figure ? "figure" : "" });
      cell.append(column.cell ? column.cell(row) : column.figure ? (value === 0 ? "·" : figure(value, column.digits)) : value);
      if (!column.figure) cell.title = value;
      line.append(cell);
    }
    made.push(line);
  }
  if (!made.length && table.parts >= table.asked) made.push(make("p", { class: "empty" }, say("none")));
  byId("lines").style.top = first * HEIGHT + "px";
  byId("lines").replaceChildren(...made);
}

let typed = 0;
byId("search").addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(refresh, 120);
});
byId("within").addEventListener("click", () => { within = null; refresh(); });
byId("load-more").addEventListener("click", () => { kinds[open].wanted += ATONCE; load(open); refresh(false); });
let drawn = 0;
byId("pane").addEventListener("scroll", () => { cancelAnimationFrame(drawn); drawn = requestAnimationFrame(lines); });
addEventListener("resize", lines);
for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => speak(button.dataset.lang));
speak(lang);
