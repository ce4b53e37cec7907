// What a person can do with a record besides yes and no: words to protect, dictionary, roster, notes.
import { area, ask, edit, line } from "./dialogs.js";
import { decide, send } from "./items.js";
import { make, say } from "./say.js";

const han = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/u;
const shown = (one, mark) => one.shown.filter(([kind]) => kind === "=" || kind === mark).map(([, text]) => text).join("");
// The words around a change, two characters on either side as far as the line (and for words, Chinese) goes on.
function around(one, mark) {
  const middle = shown(one, mark);
  const runs = han.test(shown(one, "-")) ? (char) => han.test(char) : (char) => !/\s/.test(char);
  const run = (chars, most) => { const out = []; for (const char of chars) { if (out.length === most || !runs(char)) break; out.push(char); } return out; };
  return run([...one.left].reverse(), 2).reverse().join("") + middle + run([...one.right], 2).join("");
}
function nameAround(one, mark) {
  const name = one.person;
  const [wrong, right] = [shown(one, "-"), shown(one, "+")];
  return mark === "+" || !right ? name : name.replace(right, wrong);
}
const isName = (one) => one.person !== "";

export async function change(one) {
  const answer = await edit(one);
  return answer ? decide(one.id, ...answer) : false;
}
export async function protect(one) {
  const word = isName(one) ? nameAround(one, "-") : around(one, "-");
  const answer = await ask(say("review.protect.title"), [line(say("review.word"), "word", word, { required: true }), make("p", { class: "hint" }, say("review.protect.hint"))], say("review.protect"));
  if (!answer) return false;
  return send("protect", { word: answer.word }, () => say("review.protected", answer.word));
}
export async function learn(one) {
  const [wrong, right] = isName(one) ? [nameAround(one, "-"), nameAround(one, "+")] : [around(one, "-"), around(one, "+")];
  const answer = await ask(say("review.learn.title"), [
    line(say("review.wrong"), "wrong", wrong, { required: true }), line(say("review.right"), "right", right, { required: true }),
    make("p", { class: "hint" }, say("review.learn.hint"))], say("review.learn"));
  if (!answer) return false;
  return send("learn", { wrong: answer.wrong, right: answer.right }, () => say("review.learned", `${answer.wrong} → ${answer.right}`));
}
export async function introduce(one) {
  const name = isName(one) ? nameAround(one, "-") : around(one, "-");
  const answer = await ask(say("review.person.title"), [
    line(say("review.name"), "name", name, { required: true }), line(say("review.office"), "title"), line(say("review.organization"), "organization"),
    line(say("review.aliases"), "aliases"), make("p", { class: "hint" }, say("review.person.hint"))], say("review.person"));
  if (!answer) return false;
  return send("introduce", answer, () => say("review.introduced", answer.name));
}
export async function note(one) {
  const answer = await ask(say("review.note.title"), [area(say("review.note"), "text")], say("review.save"));
  if (!answer || !answer.text.trim()) return false;
  return send("note", { item: one.id, text: answer.text }, () => say("review.noted"));
}
