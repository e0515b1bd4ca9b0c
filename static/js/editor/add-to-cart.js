// Brings the editor's output to the shop.

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

  /** Resolves to {url, editUrl}: where to go, and where the design can be edited again. Throws Refusal. */
  async send(detail) {
    this.isSending = true;
    try {
      return await this.#send(detail);
    } catch (error) {
      this.isSending = false;
      throw error;
    }
  }

  async #send(detail) {
    let response = await this.#post(detail);
    // Somebody logged in or out in another tab, which changes the token of every form.
    if (response.status === 403 && (await this.renewCsrfToken())) response = await this.#post(detail);
    const answer = await response.json().catch(() => ({}));
    if (response.ok && answer.url) return answer;
    throw new Refusal(answer.message ?? this.#messages.refused);
  }

  async #post(detail) {
    const body = JSON.stringify({ detail, editor: this.#data.editor, design: this.#data.design });
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
      const state = await (await fetch(this.#data.stateUrl)).json();
      const isNew = state.csrfToken !== this.csrfToken;
      this.csrfToken = state.csrfToken;
      return isNew;
    } catch {
      return false;
    }
  }
}
