// Brings the editor's output to the shop, with what the editor reports about print quality.

import { inTime } from "./loading.js";

// A report that takes longer, or is larger, is left out: a design gets into the cart without one.
const REPORT_MS = 5_000;
const LONGEST_REPORT = 32 * 1024;

/** The shop did not take the design; `message` says why and what to do. */
export class Refusal extends Error {}

export class AddToCart {
  #data;
  #messages;
  isSending = false;

  /** `messages` has `unreachable` and `refused`, for when the shop itself says nothing. */
  constructor(data, { csrfToken, messages }) {
    this.#data = data;
    this.csrfToken = csrfToken;
    this.#messages = messages;
  }

  /**
   * Resolves to {url, editUrl}: where to go, and where the design can be edited again. `askQuality` asks the editor for
   * its report; it may fail or hang. Throws Refusal.
   */
  async send(detail, askQuality) {
    this.isSending = true;
    try {
      return await this.#send(detail, await reportOf(askQuality));
    } catch (error) {
      this.isSending = false;
      throw error;
    }
  }

  async #send(detail, quality) {
    let response = await this.#post(detail, quality);
    // Somebody logged in or out in another tab, which changes the token of every form.
    if (response.status === 403 && (await this.renewCsrfToken())) response = await this.#post(detail, quality);
    const answer = await response.json().catch(() => ({}));
    if (response.ok && answer.url) return answer;
    throw new Refusal(answer.message ?? this.#messages.refused);
  }

  async #post(detail, quality) {
    const body = JSON.stringify({ detail, editor: this.#data.editor, design: this.#data.design, quality });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.csrfToken };
    try {
      return await fetch(this.#data.addUrl, { method: "POST", headers, body });
    } catch {
      throw new Refusal(this.#messages.unreachable);
    }
  }

  /** Resolves to whether the forms of this browser have another token now. */
  async renewCsrfToken() {
    try {
      const { csrfToken } = await (await fetch(this.#data.formTokenUrl)).json();
      const isNew = csrfToken !== this.csrfToken;
      this.csrfToken = csrfToken;
      return isNew;
    } catch {
      return false;
    }
  }
}

/** The report as plain data, or null. */
async function reportOf(askQuality) {
  try {
    const asked = Promise.resolve().then(askQuality);
    const report = (await inTime(asked, "the editor's report on print quality", REPORT_MS)) ?? null;
    if (JSON.stringify(report).length > LONGEST_REPORT) throw new Error("the editor's report is too long");
    return report;
  } catch (error) {
    console.warn("The design goes without a report on print quality:", error);
    return null;
  }
}
