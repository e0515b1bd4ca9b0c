/* Picks a product reference from the Hub's products and writes its name beside it. */
class HubReferenceController extends window.StimulusModule.Controller {
  static values = { url: String };

  choose() {
    const factory = new window.ChooserModalOnloadHandlerFactory();
    window.ModalWorkflow({
      url: this.urlValue,
      onload: factory.getOnLoadHandlers(),
      responses: { chosen: (product) => this.take(product) },
    });
  }

  take({ reference, name }) {
    this.write(this.input, reference);
    this.write(this.nameInput, name);
  }

  /* A name belongs to the reference it came with. */
  typed(event) {
    if (event.isTrusted && event.target === this.input) this.write(this.nameInput, "");
  }

  write(input, value) {
    if (!input) return;
    input.value = value;
    for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  get input() {
    return this.element.querySelector("input");
  }

  get nameInput() {
    const name = this.input.name.replace(/product_reference$/, "product_name");
    return this.input.form?.elements.namedItem(name);
  }
}

window.wagtail.app.register("hub-reference", HubReferenceController);
