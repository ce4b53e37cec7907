
// Crops: lines of the scan beside the records, each with the place marked over the picture.
function sheet(index) {
  const [crop, left, top, right, bottom] = spots[index];
  const [src, width, height] = crops[crop];
  const image = make("img", { src, width, height, alt: fill("crop", placeOf(records[index])), decoding: "async" });
  const spot = make("i", { class: "spot" });
  Object.assign(spot.style, { left: left + "px", top: top + "px", width: right - left + "px", height: bottom - top + "px" });
  const out = make("span", { class: "scanned" }, image, spot);
  out.style.width = width + "px";
  return out;
}
// In a list: as much around the place as there is room for.
function strip(index) {
  if (!spots[index]) return undefined;
  const [crop, left, top, right, bottom] = spots[index];
  const [, width, height] = crops[crop];
  const inner = sheet(index);
  // In the middle; of what is larger than the strip, the beginning.
  const at = (start, end, size) => `min(0px, max(100% - ${size}px, 50% - ${(start + end) / 2}px, 5px - ${start}px))`;
  Object.assign(inner.style, { left: at(left, right, width), top: at(top, bottom, height) });
  const out = make("span", { class: "strip" }, inner);
  out.style.height = Math.min(96, height, Math.max(48, bottom - top + 14)) + "px";
  return out;
}
// In the details: all of the crop, scrolled to the place.
function crop(index) {
  return make("figure", { class: "crop", "data-index": index, tabindex: 0 }, sheet(index));
}
function showSpots() {
  // In the middle; of what is larger than the view, the beginning.
  const to = (start, end, room) => (end - start > room ? start - 12 : (start + end - room) / 2);
  for (const figure of document.querySelectorAll("#cards .crop")) {
    const [, left, top, right, bottom] = spots[figure.dataset.index];
    figure.scrollTo(to(left, right, figure.clientWidth), to(top, bottom, figure.clientHeight));
  }
}
