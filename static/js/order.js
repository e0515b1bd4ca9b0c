// Keeps an open order page up to date while its print files are made. Without it, the page reloads itself.

const PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 30_000;

const items = document.querySelector("[data-order-items]");
const status = document.querySelector("[data-order-status]");
const note = document.querySelector("[data-order-note]");
let shown = "";

function show(answer) {
  if (answer.items !== shown && !items.contains(document.activeElement)) {
    items.innerHTML = answer.items;
    shown = answer.items;
  }
  if (status.textContent === answer.status) return;
  status.textContent = answer.status;
  note.innerHTML = answer.note;
}

async function follow(url) {
  let pause = PAUSE_MS;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (document.hidden) continue;
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      show(answer);
      if (answer.isFinal && answer.items === shown) return;
      pause = PAUSE_MS;
    } catch {
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS); // offline, or the shop restarts
    }
  }
}

if (items?.dataset.statusUrl) follow(items.dataset.statusUrl);
