// What every page needs: the number of things in the cart, who is logged in, menus that close by themselves, forms
// that are sent once. Without it the links, the menus and the forms still work.

import "./send-once.js";

function showAccount(state) {
  const links = document.querySelector("[data-account-links]");
  if (!links) return;
  links.querySelectorAll("[data-for-visitors]").forEach((link) => (link.hidden = state.account));
  links.querySelectorAll("[data-for-accounts]").forEach((link) => (link.hidden = !state.account));
}

export async function refreshCartCount() {
  const link = document.querySelector("[data-cart-state]");
  if (!link) return null;
  try {
    const response = await fetch(link.dataset.cartState, { headers: { Accept: "application/json" } });
    if (!response.ok) return null;
    const state = await response.json();
    const badge = link.querySelector("[data-cart-count]");
    badge.textContent = state.count;
    badge.hidden = !state.count;
    showAccount(state);
    return state;
  } catch {
    return null; // offline: the badge stays away
  }
}

/** The token for a form of a page that is cached for everybody, or null. It brings a cookie, so ask only to send one. */
export async function formToken() {
  const { formToken: address } = document.querySelector("[data-form-token]").dataset;
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).csrfToken : null;
  } catch {
    return null;
  }
}

refreshCartCount();

document.querySelector("[data-log-out]")?.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  form.elements.csrfmiddlewaretoken.value = (await formToken()) ?? "";
  form.submit();
});

// A page that the browser has kept may show the cart of somebody who has logged out since.
addEventListener("pageshow", (event) => event.persisted && refreshCartCount());

const openMenus = () => document.querySelectorAll(".site-menu details[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});
