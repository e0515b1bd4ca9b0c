import { element, uniqueId } from "./dom.js";
import { icon, iconButton } from "./icons.js";

/** What the editor says: announcements, problems with a way on, and the loader that covers everything. */
export class Notices {
  #announcer = element("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  #problem = element("div", { class: "problem", role: "alert", hidden: true });
  #loaderText = element("p", { class: "loader-text" });
  #loader = element(
    "div",
    { class: "loader", hidden: true },
    element("div", { class: "spinner", "aria-hidden": "true" }),
    this.#loaderText,
  );
  #content = null;
  #focusBefore = null;

  get nodes() {
    return [this.#announcer, this.#problem, this.#loader];
  }

  /** The node that the loader makes unusable while it shows. */
  cover(content) {
    this.#content = content;
    this.#content.inert = !this.#loader.hidden;
  }

  announce(message) {
    this.#announcer.textContent = message;
  }

  showLoader(message) {
    const root = this.#loader.getRootNode();
    if (this.#loader.hidden) this.#focusBefore = root.activeElement ?? null;
    this.#loaderText.textContent = message;
    this.#loader.hidden = false;
    if (this.#content) this.#content.inert = true;
    this.announce(message);
  }

  hideLoader() {
    if (this.#loader.hidden) return;
    this.#loader.hidden = true;
    if (this.#content) this.#content.inert = false;
    this.#focusBefore?.focus();
    this.#focusBefore = null;
  }

  /** Shows a problem until it is closed, solved or replaced. */
  problem(message, { retry = null, closable = true } = {}) {
    const text = uniqueId("problem");
    this.#problem.replaceChildren(icon("warning"), element("p", { id: text, text: message }));
    if (retry) this.#problem.append(this.#retryButton(retry, text));
    if (closable) {
      this.#problem.append(
        iconButton({ name: "close", label: "Close this message", onclick: () => this.clearProblem() }),
      );
    }
    this.#problem.hidden = false;
  }

  #retryButton(retry, describedBy) {
    const again = () => {
      this.clearProblem();
      retry();
    };
    return element("button", {
      type: "button",
      class: "button outlined",
      text: "Try again",
      "aria-describedby": describedBy,
      onclick: again,
    });
  }

  clearProblem() {
    this.#problem.hidden = true;
    this.#problem.replaceChildren();
  }
}
