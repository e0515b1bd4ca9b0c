// The editor talks to the Hub with a token that ends some day; a long evening of designing must not end with it.

const WITHOUT_EXPIRY_MS = 15 * 60_000;
const EARLIER_MS = 2 * 60_000;
const RETRY_MS = 30_000;
const BETWEEN_RENEWALS_MS = 10_000;
const LONGEST_TIMER_MS = 24 * 3600_000;

/** When the token ends, in milliseconds since 1970; null if it does not say. */
export function expiryOf(token) {
  try {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const { exp } = JSON.parse(atob(payload));
    return Number.isFinite(exp) ? exp * 1000 : null;
  } catch {
    return null;
  }
}

/** Milliseconds from `now` until a new token should be fetched: some minutes, or a fifth of what is left, earlier. */
export function pauseBeforeRenewal(token, now = Date.now()) {
  const expiry = expiryOf(token);
  if (expiry === null) return WITHOUT_EXPIRY_MS;
  const left = Math.max(expiry - now, 0);
  return Math.min(left - Math.min(EARLIER_MS, left / 5), LONGEST_TIMER_MS);
}

/**
 * Fetches a token before the old one ends, for as long as the page is open. `onExpired`: the shopper became another.
 * Returns {renewSoon()}: for when the editor cannot work with its token although that should still be good.
 */
export function keepTokenFresh(data, { csrfToken, renewCsrfToken, onFresh, onExpired }) {
  let { id, token } = data.user;
  let timer = null;
  let dueAt = 0;
  let renewedAt = 0;

  const wait = (pause) => {
    clearTimeout(timer);
    dueAt = Date.now() + pause;
    timer = setTimeout(renew, pause);
  };

  const ask = () =>
    fetch(data.tokenUrl, {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken() },
      body: new URLSearchParams({ userId: id }),
    });

  async function renew() {
    renewedAt = Date.now();
    let response;
    try {
      response = await ask();
      // The shopper logged in in another tab, which changes the token of every form.
      if (response.status === 403 && (await renewCsrfToken())) response = await ask();
    } catch {
      return wait(RETRY_MS);
    }
    if (response.status === 403) return onExpired();
    if (!response.ok) return wait(RETRY_MS);
    const fresh = await response.json();
    if (fresh.userId !== id) return onExpired();
    token = fresh.token;
    onFresh(token);
    wait(Math.max(pauseBeforeRenewal(token), 1000));
  }

  wait(pauseBeforeRenewal(token));
  // Timers stand still while a computer sleeps.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() > dueAt) renew();
  });
  return {
    renewSoon() {
      if (Date.now() - renewedAt > BETWEEN_RENEWALS_MS) renew();
    },
  };
}
