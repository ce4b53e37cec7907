
// People: a page of the report with its own address, #people.
function page(next) {
  root.dataset.page = next;
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.hash === "#" + next) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
function turn() {
  if (location.hash === "#people") return page("people");
  page("text");
  byId(location.hash.slice(1))?.scrollIntoView();
}
function toText() {
  if (root.dataset.page !== "people") return;
  history.pushState(null, "", "#text");
  page("text");
}

function seek() {
  const query = byId("people-search").value.trim().toLowerCase();
  for (const row of document.querySelectorAll(".people tbody tr")) {
    row.hidden = (byId("people-open").checked && !row.dataset.open) || !row.textContent.toLowerCase().includes(query);
  }
}
// The rows that name a person, one after the other; the source's damaged forms are behind the line numbers.
const walked = new Map();
function find(button) {
  const names = button.dataset.names.split(" ");
  toText();
  const rows = [...document.querySelectorAll("#rows .r")].filter((row) => {
    const text = [...row.querySelectorAll(".t, .m")].map((cell) => {
      const copy = cell.cloneNode(true);
      for (const gone of copy.querySelectorAll("del")) gone.remove();
      return copy.textContent;
    }).join("\n");
    return names.some((name) => text.includes(name));
  });
  for (const row of document.querySelectorAll(".found")) row.classList.remove("found");
  if (!rows.length) return;
  const at = ((walked.get(button) ?? -1) + 1) % rows.length;
  walked.set(button, at);
  rows[at].classList.add("found");
  rows[at].scrollIntoView({ block: "center" });
}
if (byId("people")) {
  byId("people-search").addEventListener("input", seek);
  byId("people-open").addEventListener("change", seek);
  for (const button of document.querySelectorAll(".person")) button.addEventListener("click", () => find(button));
  addEventListener("hashchange", turn);
  if (location.hash === "#people") turn();
  else page("text");
}
