import { ApiFailure } from "./api.js";

const TYPES = ["image/png", "image/jpeg", "image/webp"];
const LARGEST = 20 * 1024 * 1024;

export const ACCEPTED_TYPES = TYPES.join(",");

/** The pictures of one design: uploads, addresses and sizes in pixels. */
export class Pictures extends EventTarget {
  #api;
  #known = new Map();

  constructor(api) {
    super();
    this.#api = api;
  }

  url(assetId) {
    return this.#api.assetUrl(assetId);
  }

  /** The loaded picture, or null while it is on its way; "loaded" is dispatched when it arrives. */
  image(assetId) {
    const known = this.#known.get(assetId);
    if (known) return known.complete && known.naturalWidth > 0 ? known : null;
    const image = new Image();
    image.onload = () => this.dispatchEvent(new Event("loaded"));
    image.src = this.url(assetId);
    this.#known.set(assetId, image);
    return null;
  }

  /** Resolves once the picture is loaded or has failed to. */
  async settled(assetId) {
    this.image(assetId);
    await this.#known
      .get(assetId)
      .decode()
      .catch(() => null);
  }

  /** Uploads a file chosen by the person: {id, width, height}. Throws ApiFailure with a message for them. */
  async upload(file, { onProgress }) {
    await refuseUnusable(file);
    const asset = await this.#api.uploadPicture(file, { onProgress });
    this.image(asset.id);
    return asset;
  }
}

async function refuseUnusable(file) {
  if (!TYPES.includes(file.type)) {
    throw new ApiFailure(
      "refused",
      `“${file.name}” is not a PNG, JPEG or WebP picture. Please choose another file.`,
    );
  }
  if (file.size > LARGEST) {
    const megabytes = Math.ceil(file.size / 1024 / 1024);
    throw new ApiFailure("refused", `“${file.name}” has ${megabytes} MB. Pictures may have up to 20 MB.`);
  }
  try {
    (await createImageBitmap(file)).close();
  } catch {
    throw new ApiFailure("refused", `“${file.name}” cannot be read as a picture. It may be damaged.`);
  }
}
