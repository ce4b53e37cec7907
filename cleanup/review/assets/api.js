// Asking the server. A failure carries its sentence in both languages.
import { language, say } from "./say.js";

let csrf = "";
export const sign = (secret) => { csrf = secret; };

export class Failed extends Error {
  constructor(code, body) {
    super(body?.error?.[language()] || say("review.failed", code));
    this.code = code;
    this.now = body?.now;
  }
}
// As long as an answer is awaited the page says that it is busy.
let awaited = 0;
const busy = (by) => { awaited += by; document.getElementById("main").setAttribute("aria-busy", String(awaited > 0)); };

async function ask(path, options) {
  busy(1);
  try {
    return await answered(path, options);
  } finally {
    busy(-1);
  }
}
async function answered(path, options) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Failed(0, { error: { zh: say("review.offline"), en: say("review.offline") } });
  }
  const body = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : null;
  if (!answer.ok) throw new Failed(answer.status, answer.status === 401 ? { error: { zh: say("review.closed"), en: say("review.closed") } } : body);
  return body;
}
export function get(name, query = {}) {
  const filled = Object.entries(query).filter(([, value]) => value !== "" && value !== undefined && value !== null && value !== false);
  return ask(`/api/${name}?${new URLSearchParams(filled)}`);
}
export function post(name, body) {
  return ask(`/api/${name}`, { method: "POST", headers: { "content-type": "application/json", "x-ocrfix": csrf }, body: JSON.stringify(body) });
}
