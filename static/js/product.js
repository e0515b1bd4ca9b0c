// The product page follows the shopper's choice: price, picture, link to the editor. Without this module
// the form and the price table still work.

import { formToken } from "./site.js";

const form = document.querySelector("[data-product-form]");
const gallery = document.querySelector("[data-gallery]");

if (gallery) followThumbnails(gallery);
if (form) followChoice(form, JSON.parse(document.getElementById("product-variants").textContent));

function followThumbnails(gallery) {
  const row = gallery.querySelector(".gallery-pictures");
  const links = [...gallery.querySelectorAll(".gallery-thumbnails a")];
  links.forEach((link, index) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      showPicture(gallery, index + 1);
    }),
  );
  row.addEventListener("scroll", () => {
    const current = Math.round(row.scrollLeft / row.clientWidth);
    links.forEach((link, index) => {
      if (index === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  });
}

function showPicture(gallery, position) {
  const row = gallery.querySelector(".gallery-pictures");
  row.scrollTo({ left: (position - 1) * row.clientWidth });
}

function followChoice(form, variants) {
  const total = form.querySelector("[data-total]");
  const unit = form.querySelector("[data-unit]");
  const { currency } = total.dataset;
  const decimals = Number(total.dataset.decimals);
  const format = moneyFormat(currency, decimals);
  let shownSku = null;

  function update() {
    const sku = form.elements.sku.value;
    const variant = variants[sku];
    const quantity = Math.max(1, form.elements.quantity.valueAsNumber || 1);
    const reached = variant.prices.filter(([minimum]) => minimum <= quantity).at(-1);
    const steps = Math.round(Number(reached[1]) * 10 ** decimals);
    total.textContent = format(steps * quantity);
    unit.querySelector("[data-unit-price]").textContent = format(steps);
    unit.querySelector("[data-per-unit]").textContent = variant.perUnit;
    unit.hidden = quantity === 1;
    form.querySelector("[data-pack-note]").textContent = variant.packNote;
    markPrice(sku, reached[0]);
    leadToEditor(form, sku, quantity);
    if (shownSku !== null && shownSku !== sku && variant.picture && gallery) showPicture(gallery, variant.picture);
    shownSku = sku;
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => addToCart(event, form));
  window.addEventListener("pageshow", () => {
    delete form.dataset.isSent;
    update();
  });
  update();
}

/** Writes amounts as the server does; they are counted in the currency's smallest step: 123450 => "€1,234.50". */
function moneyFormat(currency, decimals) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const number = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency, ...digits });
  return (steps) => number.format(steps / 10 ** decimals);
}

function markPrice(sku, minimum) {
  const rows = [...document.querySelectorAll("[data-price-row]")];
  for (const row of rows) {
    const isChosen = rows.length === 1 || row.dataset.priceRow === sku;
    row.toggleAttribute("data-chosen", isChosen && rows.length > 1);
    for (const cell of row.querySelectorAll("[data-from]")) {
      cell.toggleAttribute("data-applies", isChosen && Number(cell.dataset.from) === minimum);
    }
  }
}

function leadToEditor(form, sku, quantity) {
  const link = form.querySelector("[data-personalize]");
  if (!link) return;
  const address = new URL(link.href);
  address.pathname = address.pathname.replace(/[^/]+\/$/, `${encodeURIComponent(sku)}/`);
  address.searchParams.set("quantity", quantity);
  link.href = address;
}

/** Sends the form as a POST with a fresh token: the page itself is the same for everybody and has none. */
async function addToCart(event, form) {
  event.preventDefault();
  if (form.dataset.isSent) return;
  const personalize = form.querySelector("[data-personalize]");
  if (personalize) {
    window.location.assign(personalize.href);
    return;
  }
  form.dataset.isSent = "yes";
  const token = await formToken();
  if (!token) {
    delete form.dataset.isSent;
    form.querySelector("[data-problem]").hidden = false;
    return;
  }
  const field = form.elements.csrfmiddlewaretoken ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: token });
  form.method = "post";
  form.submit();
}
