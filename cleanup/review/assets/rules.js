// How often people agree with each rule, and what that would allow it.
import { get } from "./api.js";
import { make, percent, say, toast } from "./say.js";

export function rules() {
  const element = make("div", { class: "sheet" });
  let precision = 99.5;
  let batches = false;

  function interval(rate) {
    if (!rate || !rate[1]) return make("td", { class: "none" }, "–");
    const [right, total, low, high] = rate;
    const bar = make("span", { class: "interval", role: "img", "aria-label": `${percent(low, 1)} – ${percent(high, 1)}` }, make("i", {}), make("b", {}));
    bar.children[0].style.left = low * 100 + "%";
    bar.children[0].style.width = Math.max(1, (high - low) * 100) + "%";
    bar.children[1].style.left = (right / total) * 100 + "%";
    return make("td", { class: "rate" }, make("strong", {}, percent(right / total, 1)), make("small", {}, `${right.toLocaleString("en-US")} / ${total.toLocaleString("en-US")}`), bar, make("small", {}, `${percent(low, 1)} – ${percent(high, 1)}`));
  }
  function propose(found, needed) {
    if (!found.length) return make("p", { class: "hint" }, say("rules.none", needed));
    return make("ul", { class: "proposals" }, ...found.map(([rule, kind, apply, least, [right, total, low]]) => make("li", { class: kind },
      make("code", {}, rule), " ", kind === "stop" ? say("rules.stop", percent(right / total, 1), say("rules.n-decisions", total)) : say("rules." + kind, say("level." + apply), percent(least), percent(low, 2), say("rules.n-decisions", total)))));
  }
  async function load() {
    let answer;
    try {
      answer = await get("rules", { precision: precision / 100, batches: batches ? 1 : "" });
    } catch (error) {
      return toast(error.message, true);
    }
    const box = make("input", { type: "number", min: 50, max: 99.99, step: 0.1, value: precision, "aria-label": say("rules.precision") });
    box.addEventListener("change", () => { precision = Math.min(99.99, Math.max(50, box.valueAsNumber || 99.5)); load(); });
    const all = make("input", { type: "checkbox", checked: batches });
    all.addEventListener("change", () => { batches = all.checked; load(); });
    const head = ["rule", "applied", "suggested", "decided", "single", "all"].map((key) => make("th", { scope: "col" }, say("rules." + key)));
    const rows = answer.rules.map((one) => make("tr", {}, make("th", { scope: "row" }, make("code", {}, one.rule)),
      ...["applied", "withheld", "decided"].map((key) => make("td", { class: "figure" }, one.counts[key].toLocaleString("en-US"))), interval(one.single), interval(one.all)));
    element.replaceChildren(
      make("section", { class: "panel" }, make("h2", {}, say("rules.unattended")), make("p", { class: "hint" }, say("rules.hint")),
        make("p", { class: "controls" }, make("label", {}, say("rules.precision"), " ", box, " %"), make("label", { class: "check" }, all, say("rules.batches"))),
        propose(answer.proposals, answer.needed), make("p", { class: "hint" }, say("rules.command"), " ", make("code", {}, `ocrfix tune OUT --precision ${precision / 100}${batches ? " --batches" : ""} --write`))),
      make("section", { class: "panel wide" }, make("h2", {}, say("rules.rates")), make("table", { class: "rates" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows))));
  }
  return { element, load, close() {}, keys: {} };
}
