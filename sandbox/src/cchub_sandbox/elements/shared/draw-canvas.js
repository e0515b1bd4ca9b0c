import { canvasFont } from "./fonts.js";
import { pivot } from "./geometry.js";
import { SLANT, lineDistance, textHeight, textLines } from "./model.js";

/** Paints the finished surface, without bleed, over the whole of a canvas of its proportions. */
export function paintSurface(canvas, surface, pictures) {
  const context = canvas.getContext("2d");
  context.setTransform(canvas.width / surface.width, 0, 0, canvas.height / surface.height, 0, 0);
  context.fillStyle = surface.background;
  context.fillRect(0, 0, surface.width, surface.height);
  for (const item of surface.items) paintItem(context, item, pictures);
}

function paintItem(context, item, pictures) {
  const paint = { text: paintText, image: paintImage, rectangle: paintRectangle, ellipse: paintEllipse }[
    item.type
  ];
  const centre = pivot(item);
  context.save();
  context.translate(centre.x, centre.y);
  context.rotate((item.rotation * Math.PI) / 180);
  context.translate(-centre.x, -centre.y);
  paint(context, item, pictures);
  context.restore();
}

function paintText(context, item) {
  context.font = canvasFont(item, textHeight(item));
  context.fontKerning = "none";
  context.fillStyle = item.color;
  context.textAlign = item.align;
  const slant = item.italic ? -SLANT : 0;
  textLines(item).forEach((line, index) => {
    context.save();
    context.translate(item.x, item.y + index * lineDistance(item));
    context.transform(1, 0, slant, 1, 0, 0);
    context.fillText(line, 0, 0);
    context.restore();
  });
}

function paintImage(context, { asset, x, y, width, height }, pictures) {
  const image = asset && pictures.image(asset);
  if (!image) return;
  const scale = Math.min(image.naturalWidth / width, image.naturalHeight / height);
  const [cutWidth, cutHeight] = [width * scale, height * scale];
  const [left, top] = [(image.naturalWidth - cutWidth) / 2, (image.naturalHeight - cutHeight) / 2];
  context.drawImage(image, left, top, cutWidth, cutHeight, x, y, width, height);
}

function paintRectangle(context, { x, y, width, height, color }) {
  context.fillStyle = color;
  context.fillRect(x, y, width, height);
}

function paintEllipse(context, { x, y, width, height, color }) {
  context.fillStyle = color;
  context.beginPath();
  context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  context.fill();
}
