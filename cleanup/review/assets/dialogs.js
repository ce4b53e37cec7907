// Questions to the person: one dialog, its fields, its answer.
import { get } from "./api.js";
import { make, say, toast } from "./say.js";

const box = document.getElementById("dialog");
export const isOpen = () => box.open;

// Shows a form; resolves to its values, or to null where it was closed.
export function ask(title, parts, act, kind = "main") {
  return new Promise((resolve) => {
    let answer = null;
    const form = make("form", { method: "dialog" },
      make("h2", { id: "dialog-title" }, title), ...parts,
      make("p", { class: "acts" },
        act ? make("button", { type: "submit", value: "yes", class: kind }, act, " ", make("kbd", {}, "Enter")) : "",
        make("button", { type: "button", class: "quiet", onclick: () => box.close() }, act ? say("review.cancel") : say("close"), " ", make("kbd", {}, "Esc"))));
    form.addEventListener("submit", () => {
      answer = Object.fromEntries(new FormData(form));
    });
    box.onclose = () => resolve(answer);
    box.replaceChildren(form);
    box.showModal();
    const field = form.querySelector("[autofocus], textarea, input[type=text]");
    if (field) { field.focus(); field.select?.(); } else form.querySelector("button")?.focus();
  });
}
export const line = (label, name, value = "", more = {}) => make("label", { class: "field" }, make("span", {}, label), make("input", { type: "text", name, value, autocomplete: "off", spellcheck: "false", ...more }));
export const area = (label, name, value = "") => {
  const text = make("textarea", { name, rows: Math.min(6, Math.max(2, value.split("\n").length)), spellcheck: "false" });
  text.value = value;
  // Enter sends; a line end is typed with Shift.
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); text.form.requestSubmit(); }
  });
  return make("label", { class: "field" }, make("span", {}, label), text);
};
export const tick = (label, name, hint, checked = false) => make("label", { class: "check" }, make("input", { type: "checkbox", name, checked }), make("span", {}, label, hint ? make("small", {}, hint) : ""));

export async function edit(one) {
  let choices;
  try {
    choices = await get("choices", { item: one.id });
  } catch (error) {
    toast(error.message, true);
    return null;
  }
  const { there, proposed } = choices;
  const answer = await ask(say("review.edit.title"), [
    area(say("review.edit.text"), "text", proposed),
    make("p", { class: "hint" }, say("review.edit.hint")),
  ], say("review.save"));
  if (!answer) return null;
  const text = answer.text.replaceAll("\r\n", "\n");
  if (text === there) return ["rejected", ""];
  return text === proposed && one.kind === "fix" ? ["accepted", ""] : ["edited", text];
}
export function help() {
  const keys = [["j", "k"], ["a"], ["r"], ["e"], ["1–5"], ["u"], ["x"], ["A", "R"], ["o"], ["p"], ["d"], ["n"], ["s"], ["+", "−", "0"], ["/"], ["g"], ["?"], ["Esc"]];
  return ask(say("help"), [make("dl", {}, ...keys.flatMap((names) => [
    make("dt", {}, ...names.flatMap((name) => [make("kbd", {}, name), " "])), make("dd", {}, say("key." + names[0]))])), make("p", { class: "hint" }, say("legend.spaces"))], "");
}
