(() => {
  const base = document.currentScript.src;
  const tagName = "au-handy-editor";
  const styles = [new URL("styles.css", base).href];

  import(new URL("../shared/handy-editor.js", base).href).then(({ HandyEditor }) => {
    if (customElements.get(tagName)) return;
    customElements.define(
      tagName,
      class extends HandyEditor {
        constructor() {
          super(styles);
        }
      },
    );
  });
})();
