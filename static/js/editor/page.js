// What the shopper sees around the editor: that it opens, that something went wrong, where the focus is.

export class EditorPage {
  #root;
  #status;
  #alert;
  #problem;

  constructor(root) {
    this.#root = root;
    this.stage = root.querySelector("[data-editor-stage]");
    this.#status = root.querySelector("[data-editor-status]");
    this.#alert = root.querySelector("[data-editor-alert]");
    this.#problem = root.querySelector("[data-editor-problem]");
  }

  showStatus(text) {
    this.#root.setAttribute("aria-busy", "true");
    this.#status.textContent = text;
  }

  clearStatus() {
    this.#root.removeAttribute("aria-busy");
    this.#status.textContent = "";
  }

  /** The editor is ready: uncover it, and take the keyboard there unless it is somewhere else already. */
  showEditor() {
    this.clearStatus();
    this.clearMessage();
    this.stage.hidden = false;
    if (document.activeElement === document.body) this.stage.focus({ preventScroll: true });
  }

  /** The editor cannot be used: say so in its place, with a way back and another attempt. */
  showFailure(text) {
    this.clearStatus();
    this.stage.hidden = true;
    this.#show(text, { hasWaysOn: true });
  }

  /** Something did not work, but the editor and the work in it are still there. */
  showMessage(text) {
    this.#show(text, { hasWaysOn: false });
    this.#alert.scrollIntoView({ block: "nearest" });
  }

  clearMessage() {
    this.#alert.replaceChildren();
  }

  #show(text, { hasWaysOn }) {
    const notice = this.#problem.content.cloneNode(true);
    notice.querySelector("[data-message]").textContent = text;
    notice.querySelector("[data-retry]").href = location.href;
    if (!hasWaysOn) notice.querySelector("[data-ways-on]").remove();
    this.#alert.replaceChildren(notice);
  }
}
