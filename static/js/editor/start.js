// Spares somebody new a click, and the browser's history a page. Robots send no form, and so make nothing.

const form = document.querySelector("[data-start]");
const address = location.href.split("#")[0];

async function start() {
  // Not followed, because the page that it leads to is made anew for the address that is replaced.
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.type === "opaqueredirect") location.replace(address);
  else form.submit(); // refused: let the browser show in which words
}

// Whoever is led back here keeps no cookies, and would be led back for ever.
if (document.referrer === address) form.querySelector("[data-forgotten]").hidden = false;
else start().catch(() => {}); // offline: the button stays
