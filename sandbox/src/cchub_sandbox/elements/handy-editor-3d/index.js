(() => {
  const base = document.currentScript.src;
  const tagName = "au-handy-editor-3d";
  const styles = ["styles.css", "inside.css"].map((name) => new URL(name, base).href);

  import(new URL("../shared/handy-editor-3d.js", base).href).then(({ HandyEditor3d }) => {
    if (customElements.get(tagName)) return;
    customElements.define(
      tagName,
      class extends HandyEditor3d {
        constructor() {
          super(styles);
        }
      },
    );
  });
})();
