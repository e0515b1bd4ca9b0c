import { iconButton } from "./icons.js";
import { HandyEditor } from "./handy-editor.js";
import { Mockup } from "./mockup.js";

/** The freehand editor with a view of the finished product beside the drawing area. */
export class HandyEditor3d extends HandyEditor {
  buildExtras({ state, pictures, area }) {
    const mockup = new Mockup({ state, pictures });
    const [surface] = state.model.surfaces;
    area.classList.add("with-mockup", surface.width > surface.height ? "mockup-below" : "mockup-beside");
    const toggle = iconButton({
      name: "cube",
      label: "3D view",
      labelled: true,
      className: "outlined mockup-toggle",
      "aria-pressed": "false",
      onclick: () => {
        const isShown = area.classList.toggle("mockup-in-front");
        toggle.setAttribute("aria-pressed", String(isShown));
      },
    });
    return [mockup.node, toggle];
  }
}
