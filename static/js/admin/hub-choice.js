/* Picks from a list of the Hub's in a modal, and writes what was picked into the fields of the block. */
class HubChoiceController extends window.StimulusModule.Controller {
  static values = { url: String, field: String, filled: String };

  choose() {
    const factory = new window.ChooserModalOnloadHandlerFactory();
    window.ModalWorkflow({
      url: this.urlValue,
      onload: factory.getOnLoadHandlers(),
      responses: { chosen: (fields) => this.take(fields) },
    });
  }

  take(fields) {
    for (const [name, value] of Object.entries(fields)) this.write(name, value);
  }

  /* What was filled in by a choice belongs to that choice. */
  typed(event) {
    if (!event.isTrusted || event.target !== this.input) return;
    for (const name of this.filledValue.split(" ")) this.write(name, "");
  }

  write(name, value) {
    const input = this.fieldNamed(name);
    if (!input) return;
    input.value = value;
    for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  fieldNamed(name) {
    const prefix = this.input.name.slice(0, -this.fieldValue.length);
    return this.input.form?.elements.namedItem(prefix + name);
  }

  get input() {
    return this.element.querySelector("input");
  }
}

window.wagtail.app.register("hub-choice", HubChoiceController);
