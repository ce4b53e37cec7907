// The scan: a page's picture beside the text, with the place marked; and the line of a record, in its card.
import { get } from "./api.js";
import { language, make, plain, say } from "./say.js";

const SHOWN = "ocrfix-scan";
// Pixels of the screen that a line of print is high, and how much bigger a step makes it.
const READING = 22;
export const STEP = 1.25;

function marked(width, height) {
  const image = make("img", { alt: "", decoding: "async", draggable: "false" });
  const spot = make("i", { class: "spot", hidden: true });
  const sheet = make("div", { class: "scanned" }, image, spot);
  const mark = (box, zoom) => {
    spot.hidden = !box;
    if (box) Object.assign(spot.style, { left: box[0] * zoom + "px", top: box[1] * zoom + "px", width: (box[2] - box[0]) * zoom + "px", height: (box[3] - box[1]) * zoom + "px" });
  };
  return { image, sheet, mark };
}
// In the middle; of what is larger than the view, the beginning.
function centre(view, box, zoom) {
  const to = (start, end, room) => zoom * start + Math.min(0, (zoom * (end - start) - room) / 2) - (zoom * (end - start) > room ? 12 : 0);
  view.scrollTo(to(box[0], box[2], view.clientWidth), to(box[1], box[3], view.clientHeight));
}

// The line that a record stands in; nothing where it has no place, or its picture cannot be shown.
export function crop(one) {
  const out = make("figure", { class: "crop", tabindex: "0", hidden: true, "aria-label": say("review.scan") });
  if (one.scan === null || one.scan === undefined) return out;
  get("crop", { item: one.id }).then(({ width, height, spot }) => {
    if (!width) return;
    const { image, sheet, mark } = marked();
    Object.assign(image, { width, height, src: `/picture/crop?item=${one.id}` });
    sheet.style.width = width + "px";
    mark(spot, 1);
    out.append(sheet);
    out.hidden = false;
    centre(out, spot, 1);
  }).catch(() => {});
  return out;
}

export class Scan {
  // `pick` is told the place of a picture that was clicked: (index of the picture, x, y), in its pixels.
  constructor(pick) {
    Object.assign(this, { file: null, scan: null, size: null, box: null, zoom: 1, ratio: 1 });
    const { image, sheet, mark } = marked();
    Object.assign(this, { image, sheet, mark });
    const tool = (key, word, act, sign = key) => make("button", { type: "button", class: "quiet", "aria-label": say(word), title: say(word), "aria-keyshortcuts": key, onclick: act }, sign);
    this.number = make("span", { class: "number" });
    this.view = make("div", { class: "scan-view", tabindex: "0", "aria-label": say("review.scan") }, sheet);
    this.element = make("section", { class: "scan", "aria-label": say("review.scan"), hidden: true },
      make("div", { class: "scan-head" }, this.number, tool("-", "review.scan.smaller", () => this.scale(1 / STEP), "−"), tool("0", "review.scan.fit", () => this.fit(), "0"), tool("+", "review.scan.bigger", () => this.scale(STEP))), this.view);
    this.toggle = make("button", { type: "button", class: "quiet", hidden: true, "aria-keyshortcuts": "s", onclick: () => this.turn() }, say("review.scan"), " ", make("kbd", {}, "s"));
    this.said = make("span", { class: "scan-said" }, say("review.scan.none"));
    this.tool = make("span", { class: "scan-tool" }, this.said, this.toggle);
    this.wanted = localStorage.getItem(SHOWN) ?? (innerWidth > 1020 ? "1" : "");
    this.view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.scale(event.deltaY < 0 ? STEP : 1 / STEP);
    }, { passive: false });
    this.sheet.addEventListener("click", (event) => {
      const { left, top } = this.sheet.getBoundingClientRect();
      pick(this.scan, (event.clientX - left) / this.zoom, (event.clientY - top) / this.zoom);
    });
    new ResizeObserver(() => this.sharpen()).observe(this.view);
  }
  // The picture of a record, with its place; without one the first of its page.
  async show(one) {
    const scan = one.scan ?? (this.file === one.file && this.scan) ?? 0;
    this.box = one.scan === scan ? one.box : null;
    if (this.file !== one.file || this.scan !== (scan || 0)) await this.open(one.file, scan || 0);
    if (!this.size) return;
    this.draw();
    if (this.box) centre(this.view, this.box, this.zoom);
  }
  async open(file, scan) {
    Object.assign(this, { file, scan, size: null });
    let found = {};
    try { found = await get("scan", { file, scan }); } catch (error) { found = { trouble: { zh: error.message, en: error.message } }; }
    if (this.file !== file || this.scan !== scan) return;
    this.size = found.width ? found : null;
    this.toggle.hidden = !this.size;
    this.said.hidden = Boolean(this.size);
    this.said.replaceChildren(plain(found.trouble ? found.trouble[language()] : say("review.scan.none")));
    this.said.title = this.said.textContent;
    this.number.textContent = scan ? say("review.scan.page", scan + 1) : "";
    this.image.removeAttribute("src");
    this.image.dataset.size = "";
    this.turn(Boolean(this.wanted));
  }
  // What the text is scrolled to: the picture goes with it, the mark stays.
  follow([scan, ...box]) {
    if (scan === this.scan && this.size && !this.element.hidden) centre(this.view, box, this.zoom);
  }
  turn(on = this.element.hidden) {
    if (on !== Boolean(this.wanted)) localStorage.setItem(SHOWN, (this.wanted = on ? "1" : ""));
    this.element.hidden = !(on && this.size);
    this.element.parentElement?.classList.toggle("with-scan", !this.element.hidden);
    this.toggle.setAttribute("aria-pressed", String(!this.element.hidden));
    this.draw();
    if (this.box && !this.element.hidden) centre(this.view, this.box, this.zoom);
  }
  scale(by) {
    const { view } = this;
    const [x, y] = [(view.scrollLeft + view.clientWidth / 2) / this.zoom, (view.scrollTop + view.clientHeight / 2) / this.zoom];
    this.ratio = Math.min(8, Math.max(0.1, this.ratio * by));
    this.draw();
    centre(view, [x, y, x, y], this.zoom);
  }
  fit() {
    this.ratio = 1;
    this.draw();
    if (this.box) centre(this.view, this.box, this.zoom);
  }
  // As large as makes a line of print easy to read, or as wide as there is room, whichever is more.
  draw() {
    if (!this.size || this.element.hidden) return;
    const { width, height, line } = this.size;
    const reading = line ? READING / line : 0;
    const whole = this.view.clientWidth / width;
    this.zoom = Math.max(whole, Math.min(1.5, reading)) * this.ratio;
    Object.assign(this.sheet.style, { width: width * this.zoom + "px", height: height * this.zoom + "px" });
    this.mark(this.box, this.zoom);
    this.sharpen();
  }
  // The smallest picture that is sharp; the one before stands until it is there.
  sharpen() {
    if (!this.size || this.element.hidden) return;
    const { width, height, sizes } = this.size;
    const needed = Math.max(width, height) * this.zoom * devicePixelRatio;
    const size = sizes.find((one) => one >= needed) ?? sizes[sizes.length - 1];
    if (Number(this.image.dataset.size) >= size) return;
    this.image.dataset.size = size;
    const next = new Image();
    next.src = `/picture/scan?file=${this.file}&scan=${this.scan}&size=${size}`;
    next.decode().then(() => {
      if (this.image.dataset.size === String(size)) this.image.src = next.src;
    }).catch(() => {
      this.said.replaceChildren(say("review.scan.lost"));
      this.said.hidden = false;
    });
  }
}
