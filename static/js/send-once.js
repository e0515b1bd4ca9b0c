// A second click does not send a form again.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-send-once]")) return;
  if (form.dataset.isSent) event.preventDefault();
  form.dataset.isSent = "yes";
});

// Coming back with the browser's back button must not leave a form that cannot be sent.
addEventListener("pageshow", () => {
  document.querySelectorAll("[data-send-once]").forEach((form) => delete form.dataset.isSent);
});
