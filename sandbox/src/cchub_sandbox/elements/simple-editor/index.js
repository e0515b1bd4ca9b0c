(() => {
  const base = document.currentScript.src;
  const tagName = "au-simple-editor";
  const styles = ["styles.css", "inside.css"].map((name) => new URL(name, base).href);

  import(new URL("../shared/simple-editor.js", base).href).then(({ SimpleEditor }) => {
    if (customElements.get(tagName)) return;
    customElements.define(
      tagName,
      class extends SimpleEditor {
        constructor() {
          super(styles);
        }
      },
    );
  });
})();
