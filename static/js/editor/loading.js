// Ways to load the editors' files, which come from the addresses that the Hub names.

export const TIMEOUT_MS = 20_000;

export function addStyles(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
}

/** Loads a classic script. `attributes` are those of its element. */
export function addScript(src, attributes = {}) {
  const script = Object.assign(document.createElement("script"), { src, async: true, ...attributes });
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} did not load`));
    document.head.append(script);
  });
}

/** The promise's result, unless it takes too long; `what` says in the console what did. */
export function inTime(promise, what, milliseconds = TIMEOUT_MS) {
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took too long`)), milliseconds);
  });
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}

export function once(callback) {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    callback();
  };
}
