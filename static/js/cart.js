// Makes the cart's forms work without loading the page anew.

import { refreshCartCount } from "./site.js";

const PREVIEW_PAUSE_MS = 2_000;
const PREVIEW_LOOKS = 10;

const cart = document.querySelector("[data-cart]");
const announcement = document.querySelector("[data-cart-announcement]");

function adopt(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-cart]");
  if (!fresh) return false;
  cart.replaceChildren(...fresh.childNodes);
  cart.querySelectorAll("[data-quantity-submit]").forEach((button) => (button.hidden = true));
  return true;
}

function announce() {
  const told = cart.querySelector("[data-cart-notices]")?.textContent.trim() ?? "";
  const total = cart.querySelector("[data-cart-total]");
  announcement.textContent = total ? `${told} ${announcement.dataset.text} ${total.textContent}` : told;
}

// Whoever uses the keyboard stays where they were, although every element is a new one; or is led to “Undo”.
function keepingFocus(change) {
  const controls = () => [...cart.querySelectorAll("a, button, input:not([type=hidden])")];
  const place = controls().indexOf(document.activeElement);
  const isChanged = change();
  const undo = cart.querySelector("[data-undo]");
  if (isChanged && place >= 0) (undo ?? controls()[Math.min(place, controls().length - 1)])?.focus();
  return isChanged;
}

async function send(form) {
  if (form.dataset.isSent) return;
  form.dataset.isSent = "yes";
  cart.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const html = await response.text();
    if (!keepingFocus(() => adopt(html))) return form.submit();
    if (response.ok) announce();
    refreshCartCount();
  } catch {
    form.submit(); // offline: let the browser say so
  } finally {
    delete form.dataset.isSent;
    cart.removeAttribute("aria-busy");
  }
}

async function lookForPreviews(looks) {
  if (!looks || !cart.querySelector("[data-preview-pending]")) return;
  await new Promise((resolve) => setTimeout(resolve, PREVIEW_PAUSE_MS));
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
    for (const line of cart.querySelectorAll("[data-preview-pending]")) {
      const fresh = page.getElementById(line.id);
      if (!fresh || fresh.hasAttribute("data-preview-pending")) continue;
      line.querySelector(".line-picture").replaceWith(fresh.querySelector(".line-picture"));
      line.removeAttribute("data-preview-pending");
    }
  } catch {
    return; // the product's picture stays
  }
  lookForPreviews(looks - 1);
}

if (cart) {
  cart.querySelectorAll("[data-quantity-submit]").forEach((button) => (button.hidden = true));
  cart.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-cart-form]")) return;
    event.preventDefault();
    send(event.target);
  });
  cart.addEventListener("change", (event) => {
    const form = event.target.closest("[data-quantity-form]");
    if (form?.reportValidity()) send(form);
  });
  lookForPreviews(PREVIEW_LOOKS);
}
