// The header's part of the script: the number of things in the cart, who is logged in, and menus that close by
// themselves. Without it the links and the menus still work.

function showAccount(state) {
  const links = document.querySelector("[data-account-links]");
  if (!links) return;
  links.querySelectorAll("[data-for-visitors]").forEach((link) => (link.hidden = state.account));
  links.querySelectorAll("[data-for-accounts]").forEach((link) => (link.hidden = !state.account));
  links.querySelector("[name=csrfmiddlewaretoken]").value = state.csrfToken;
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

/** What /cart/state/ answered: {count, account, csrfToken}, or null. Other modules await it instead of asking again. */
export const cartState = refreshCartCount();

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
