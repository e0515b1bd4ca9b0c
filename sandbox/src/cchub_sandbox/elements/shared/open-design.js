/**
 * Fetches what a scenario asks for: a product's template or a saved design.
 * Returns {designId, product, model, sku}; throws ApiFailure.
 */
export async function openDesign(api, scenario) {
  if (scenario.kind === "design") return openSaved(api, scenario);
  if (scenario.kind === "restore") return restore(api, scenario);
  const product = await api.product(scenario);
  return { designId: null, product, model: product.model, sku: initialSku(product) };
}

async function openSaved(api, { designId }) {
  const design = await api.design(designId);
  const product = await api.product({ productId: design.productId, sku: design.sku });
  return { designId, product, model: design.model, sku: design.sku };
}

async function restore(api, scenario) {
  const [design, product] = await Promise.all([api.design(scenario.designId), api.product(scenario)]);
  return {
    designId: scenario.designId,
    product,
    model: design.model,
    sku: scenario.sku ?? initialSku(product),
  };
}

function initialSku({ selectedSku, variants }) {
  if (variants.some((variant) => variant.sku === selectedSku)) return selectedSku;
  return (variants.find((variant) => variant.available) ?? variants[0])?.sku ?? null;
}
