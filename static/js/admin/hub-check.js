/* Fetches the comparison with the Hub into the page editor. Without this script the link opens it as a page. */
class HubCheckController extends window.StimulusModule.Controller {
  static targets = ["button", "result"];

  async check(event) {
    event.preventDefault();
    const { waiting, broken } = this.resultTarget.dataset;
    this.resultTarget.textContent = waiting;
    try {
      const response = await fetch(this.buttonTarget.href, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (!response.ok) throw new Error(response.statusText);
      this.resultTarget.innerHTML = await response.text();
    } catch {
      this.resultTarget.textContent = broken;
    }
  }
}

window.wagtail.app.register("hub-check", HubCheckController);
