/* Lets no autosave overtake a button of the page editor. One that the server takes later than what the button
   sent would be a newer version, of which the next page says that another window has saved it. */
const LONGEST_WAIT_MS = 10000;
let announced;

document.addEventListener("w-autosave:save", (event) => {
  announced = event;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-edit-form]")) return;
  const autosave = window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
  if (!autosave) return;
  autosave.activeValue = false;
  // One that has been announced, but waits for more typing, is not sent any more.
  announced?.preventDefault();
  if (!autosave.submitPromise) return;
  event.preventDefault();
  const tooLong = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
  Promise.race([autosave.submitPromise, tooLong]).finally(() => {
    autosave.submitPromise = null;
    send(form, event.submitter);
  });
});

function send(form, button) {
  // The button itself may be disabled by now, and would be left out.
  if (button?.name) {
    const said = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    form.append(said);
  }
  form.requestSubmit();
}
