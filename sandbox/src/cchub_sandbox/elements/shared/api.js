/** The sandbox Hub's editor API, called with the storefront user's token. */

/**
 * A failed call. `message` is written for the person at the editor;
 * `kind` is expired, missing, refused, busy or offline.
 */
export class ApiFailure extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const MESSAGES = {
  expired:
    "Your editing session has ended. Your design is still here: try again. If that does not help, open the editor again from the product page.",
  missing: "We could not find this design. It may have been removed.",
  refused: "This could not be accepted. Check your design and try again.",
  busy: "The design service is not answering properly at the moment. Your design is still here. Try again in a minute.",
  offline:
    "The design service cannot be reached. Check your connection and try again. Your design is still here.",
};

const TIMEOUT = 30_000;
const UPLOAD_TIMEOUT = 180_000;

export class EditorApi {
  #base;
  #token;

  constructor(apiUrl, token) {
    this.#base = `${apiUrl}/api/editor/v1`;
    this.#token = token;
  }

  /** A newer token for the same user. */
  renewToken(token) {
    this.#token = token;
  }

  assetUrl(assetId) {
    return `${this.#base}/assets/${encodeURIComponent(assetId)}`;
  }

  product({ productId, reference, sku, variantId }) {
    const query = new URLSearchParams();
    if (reference) query.set("reference", reference);
    if (sku) query.set("sku", sku);
    if (variantId) query.set("variantId", variantId);
    const path = reference ? "/products" : `/products/${productId}`;
    return this.#call("GET", `${path}?${query}`);
  }

  design(designId) {
    return this.#call("GET", `/designs/${encodeURIComponent(designId)}`);
  }

  /** Saves a new design, or a known one when `designId` is given: {id, previews, violations}. */
  saveDesign({ designId, productId, sku, model }) {
    const body = { productId, sku, model };
    if (!designId) return this.#call("POST", "/designs", body);
    return this.#call("PUT", `/designs/${encodeURIComponent(designId)}`, body);
  }

  async #call(method, path, body) {
    const headers = { Authorization: `Bearer ${this.#token}`, Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(this.#base + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "omit",
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch {
      throw new ApiFailure("offline", MESSAGES.offline);
    }
    if (!response.ok) throw failure(response.status, await response.text().catch(() => ""));
    return response.json().catch(() => {
      throw new ApiFailure("busy", MESSAGES.busy);
    });
  }

  /** Uploads a picture file: {id, url, width, height}. `onProgress` gets a share from 0 to 1. */
  uploadPicture(file, { onProgress }) {
    // fetch cannot report the progress of an upload.
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    return new Promise((resolve, reject) => {
      request.open("POST", `${this.#base}/assets`);
      request.setRequestHeader("Authorization", `Bearer ${this.#token}`);
      request.timeout = UPLOAD_TIMEOUT;
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onerror = request.ontimeout = () => reject(new ApiFailure("offline", MESSAGES.offline));
      request.onload = () => {
        const asset = request.status === 201 ? parse(request.responseText) : null;
        if (asset) resolve(asset);
        else reject(failure(request.status, request.responseText));
      };
      request.send(form);
    });
  }
}

function failure(status, body) {
  if (status === 401) return new ApiFailure("expired", MESSAGES.expired);
  if (status === 404) return new ApiFailure("missing", MESSAGES.missing);
  if (status < 300 || status === 429 || status >= 500) return new ApiFailure("busy", MESSAGES.busy);
  return new ApiFailure("refused", problemDetail(body) ?? MESSAGES.refused);
}

function problemDetail(body) {
  const detail = parse(body)?.detail;
  return typeof detail === "string" && detail !== "" ? detail : null;
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
