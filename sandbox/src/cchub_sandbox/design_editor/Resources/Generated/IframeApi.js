(() => {
  // Like the real one, the API finds its editor by the id of its script.
  const script = document.getElementById("CcIframeApiScript");
  const editorUrl = new URL("../../", script.src);

  /** Loads a product (a definition, or the id of a saved design) into the iframe; resolves to an Editor. */
  async function loadEditor(iframe, product, configuration) {
    const arrived = new Promise((resolve) => iframe.addEventListener("load", resolve, { once: true }));
    iframe.src = new URL("frame.html", editorUrl).href;
    await arrived;
    const { port1, port2 } = new MessageChannel();
    const editor = new Editor(port1);
    iframe.contentWindow.postMessage({ product, configuration }, editorUrl.origin, [port2]);
    await editor.loaded;
    return editor;
  }

  class Editor {
    #port;
    #calls = new Map();
    #lastCall = 0;

    constructor(port) {
      this.#port = port;
      this.loaded = this.#answerTo(0);
      this.configuration = { setTokenId: (tokenId) => this.#call("setTokenId", tokenId) };
      port.onmessage = ({ data: { id, error, result } }) => {
        const { resolve, reject } = this.#calls.get(id);
        this.#calls.delete(id);
        if (error) reject(new Error(error));
        else resolve(result);
      };
    }

    saveProduct() {
      return this.#call("saveProduct");
    }

    finishProductDesign(options) {
      return this.#call("finishProductDesign", options);
    }

    getProofImages(options) {
      return this.#call("getProofImages", options);
    }

    #call(method, argument) {
      const id = ++this.#lastCall;
      this.#port.postMessage({ id, method, argument });
      return this.#answerTo(id);
    }

    #answerTo(id) {
      return new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
    }
  }

  window.CustomersCanvas = { VERSION: "sandbox", IframeApi: { editorUrl: editorUrl.href, loadEditor } };
})();
