import { element } from "./dom.js";
import { numberField } from "./fields.js";
import { scaleBox } from "./model.js";
import { pictureChooser } from "./picture-chooser.js";

/** What can be set for a picture: the file and its size. */
export function pictureFields({ pictures, notices, item, change }) {
  const chooser = pictureChooser({
    label: item().asset ? "Replace picture" : "Choose a picture",
    className: "filled",
    pictures,
    notices,
    onPicture: (asset) => change((picture) => (picture.asset = asset.id)),
  });
  const thumbnail = element("img", { class: "thumbnail", alt: "" });
  const empty = element("button", {
    type: "button",
    class: "button outlined",
    text: "Take the picture out",
    onclick: () => change((picture) => (picture.asset = null)),
  });
  const caption = chooser.node.querySelector(".button-label");
  const sync = () => {
    const { asset } = item();
    thumbnail.hidden = empty.hidden = !asset;
    caption.textContent = asset ? "Replace picture" : "Choose a picture";
    if (asset && thumbnail.src !== pictures.url(asset)) thumbnail.src = pictures.url(asset);
  };
  sync();
  const hint = element("p", { class: "hint", text: "PNG, JPEG or WebP, up to 20 MB." });
  const node = element("div", { class: "field picture-field" }, thumbnail, chooser.node, empty, hint);
  return [{ node, sync }, sizeField({ item, change })];
}

function sizeField({ item, change }) {
  const scaleTo = (width) => change((picture) => scaleBox(picture, width / picture.width), "size");
  return numberField({
    label: "Width",
    less: "Smaller picture",
    more: "Larger picture",
    unit: "mm",
    min: 4,
    max: 1000,
    get: () => item().width,
    set: scaleTo,
    stepBy: (direction) => change((picture) => scaleBox(picture, direction > 0 ? 1.1 : 1 / 1.1), "size"),
  });
}
