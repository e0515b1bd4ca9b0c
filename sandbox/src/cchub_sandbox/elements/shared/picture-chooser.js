import { element, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { ACCEPTED_TYPES } from "./pictures.js";

/** A file input that looks like a button and shows the upload's progress; ends with `onPicture(asset)`. */
export function pictureChooser({ label, pictures, notices, onPicture, className = "", hideLabel = false }) {
  const id = uniqueId("picture");
  const input = element("input", { id, type: "file", accept: ACCEPTED_TYPES, class: "visually-hidden" });
  const caption = element("span", {
    class: hideLabel ? "button-label optional" : "button-label",
    text: label,
  });
  const button = element(
    "label",
    { for: id, class: `button ${className}`.trim(), title: label },
    icon("picture"),
    caption,
  );
  const bar = element("progress", { max: 1, value: 0, "aria-label": "Upload", hidden: true });
  const upload = (file) => uploadWithProgress({ file, pictures, notices, input, bar, button, onPicture });
  input.addEventListener("change", () => {
    const [file] = input.files;
    input.value = "";
    if (file) upload(file);
  });
  return { node: element("div", { class: "picture-chooser" }, input, button, bar), upload };
}

async function uploadWithProgress({ file, pictures, notices, input, bar, button, onPicture }) {
  const show = (isBusy) => {
    input.disabled = isBusy;
    bar.hidden = !isBusy;
    button.classList.toggle("busy", isBusy);
  };
  notices.clearProblem();
  notices.announce(`Uploading ${file.name}`);
  bar.value = 0;
  show(true);
  try {
    const asset = await pictures.upload(file, { onProgress: (share) => (bar.value = share) });
    onPicture(asset);
    notices.announce(`${file.name} is uploaded`);
  } catch (error) {
    notices.problem(error.message);
  } finally {
    show(false);
  }
}
