"use strict";
const root = document.documentElement;
for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", () => { root.lang = button.dataset.lang; });
}
// What stands for one stretch of the truth carries one number in every column of its page.
let hot = [];
function point(element) {
  for (const one of hot) one.classList.remove("hot");
  hot = [];
  const piece = element instanceof Element ? element.closest("[data-k]") : null;
  if (!piece) return;
  hot = [...piece.closest(".row").querySelectorAll(`[data-k="${piece.dataset.k}"]`)];
  for (const one of hot) one.classList.add("hot");
}
const pages = document.getElementById("pages");
pages.addEventListener("pointerover", (event) => point(event.target));
pages.addEventListener("pointerleave", () => point(null));
// A link to a page opens it.
function open() {
  const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  if (target instanceof HTMLDetailsElement) { target.open = true; target.scrollIntoView(); }
}
addEventListener("hashchange", open);
open();
