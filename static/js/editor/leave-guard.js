// Nobody loses a design by a click: links of the page ask in the page, everything else lets the browser ask.

export class LeaveGuard {
  #dialog;
  #isHolding = false;

  constructor(dialog) {
    this.#dialog = dialog;
    addEventListener("beforeunload", (event) => this.#isHolding && event.preventDefault());
    document.addEventListener("click", (event) => this.#onClick(event));
  }

  holdOn() {
    this.#isHolding = true;
  }

  letGo() {
    this.#isHolding = false;
  }

  #onClick(event) {
    const link = event.target.closest?.("a[href]");
    const staysHere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || link?.target === "_blank";
    if (!link || !this.#isHolding || event.defaultPrevented || staysHere || isOfThisPage(link)) return;
    event.preventDefault();
    this.#dialog.returnValue = "stay";
    this.#dialog.showModal();
    const answer = () => {
      if (this.#dialog.returnValue !== "leave") return link.focus();
      this.letGo();
      location.assign(link.href);
    };
    this.#dialog.addEventListener("close", answer, { once: true });
  }
}

function isOfThisPage(link) {
  return link.hash !== "" && link.href.split("#")[0] === location.href.split("#")[0];
}
