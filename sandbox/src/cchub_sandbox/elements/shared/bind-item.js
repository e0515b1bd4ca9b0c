/**
 * Access to one item for form fields: `item()` is how it is now (a removed one as it last was),
 * `property(name)` gives `get` and `set`, `change(edit, kind)` is for everything else.
 */
export function bindItem(state, surfaceIndex, itemId) {
  let last = state.item(surfaceIndex, itemId);
  const item = () => (last = state.item(surfaceIndex, itemId) ?? last);
  const change = (edit, kind) => state.editItem(surfaceIndex, itemId, edit, kind);
  const property = (name) => ({
    get: () => item()[name],
    set: (value) => change((changed) => (changed[name] = value), name),
  });
  return { item, change, property };
}
