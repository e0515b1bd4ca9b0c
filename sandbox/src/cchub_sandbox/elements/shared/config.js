/** The configuration given to `init`: checked here, before anything is loaded. */

export class ConfigError extends Error {}

const SCENARIO_KEYS = ["designId", "productReferenceId", "productId", "designTemplateId", "variants"];

/**
 * Reads a configuration of version 2, or of version 1 (also meant when `configVersion` is missing).
 * Returns {apiUrl, tenantId, storefrontId, user, quantity, settings, scenario}; throws ConfigError.
 */
export function readConfig(raw) {
  if (!isObject(raw)) throw new ConfigError("init needs a configuration object.");
  const version = raw.configVersion ?? 1;
  if (version !== 1 && version !== 2) throw new ConfigError(`configVersion ${version} is not supported.`);
  const integration = readIntegration(raw.integration);
  const input = version === 2 ? raw.input : inputFromVersion1(raw.product);
  return { ...integration, settings: raw.settings ?? {}, scenario: readScenario(input) };
}

function readIntegration(integration) {
  if (!isObject(integration)) throw new ConfigError("integration is missing.");
  const { tenantId, storefrontId, user, cchubApiGatewayUrl, quantity } = integration;
  if (!isId(tenantId)) throw new ConfigError("integration.tenantId must be a number.");
  if (!isId(storefrontId)) throw new ConfigError("integration.storefrontId must be a number.");
  if (!isText(user?.id)) throw new ConfigError("integration.user.id must be a non-empty string.");
  if (!isText(user?.token)) throw new ConfigError("integration.user.token must be a non-empty string.");
  if (!isText(cchubApiGatewayUrl))
    throw new ConfigError("integration.cchubApiGatewayUrl must be an address.");
  if (quantity !== undefined && !isQuantity(quantity)) {
    throw new ConfigError("integration.quantity must be a whole number of 1 or more.");
  }
  const apiUrl = cchubApiGatewayUrl.replace(/\/+$/, "");
  return {
    apiUrl,
    tenantId,
    storefrontId,
    user: { id: user.id, token: user.token },
    quantity: quantity ?? 1,
  };
}

function inputFromVersion1(product) {
  if (!isObject(product)) throw new ConfigError("product is missing.");
  const { externalProductId, productId, productVersionId, productLinkId, sku } = product;
  const designVariantFilter = { sku };
  if (isText(externalProductId)) return { productReferenceId: externalProductId, designVariantFilter };
  return { productId, productVersionId, productLinkId, designVariantFilter };
}

function readScenario(input) {
  if (!isObject(input)) throw new ConfigError("input is missing.");
  const given = SCENARIO_KEYS.filter((key) => input[key] !== undefined && input[key] !== null);
  if (given.includes("designTemplateId") || given.includes("variants")) {
    throw new ConfigError("Public templates and batch orders are not supported by this editor.");
  }
  if (given.includes("designId")) return readDesignScenario(input);
  if (given.includes("productReferenceId")) return readReferenceScenario(input);
  if (given.includes("productId")) return readProductScenario(input);
  throw new ConfigError("input must name a product or a design.");
}

function readReferenceScenario(input) {
  if (!isText(input.productReferenceId))
    throw new ConfigError("input.productReferenceId must be a non-empty string.");
  if (isGiven(input.productVariantId) || isGiven(input.productVersionId)) {
    throw new ConfigError("input mixes the product reference and PIM product scenarios.");
  }
  return { kind: "reference", reference: input.productReferenceId, sku: input.designVariantFilter?.sku };
}

function readProductScenario(input) {
  if (!isId(input.productId)) throw new ConfigError("input.productId must be a number.");
  if (isGiven(input.productVariantId) && !isId(input.productVariantId)) {
    throw new ConfigError("input.productVariantId must be a number.");
  }
  return {
    kind: "product",
    productId: input.productId,
    variantId: input.productVariantId,
    productLinkId: input.productLinkId ?? null,
    sku: input.designVariantFilter?.sku,
  };
}

function readDesignScenario(input) {
  const { designId, productId, productVersionId, productReferenceId, sku, productVariantId } = input;
  if (!isText(designId)) throw new ConfigError("input.designId must be a non-empty string.");
  if (!isGiven(productId) && !isGiven(productReferenceId)) return { kind: "design", designId };
  if (isGiven(sku) === isGiven(productVariantId)) {
    throw new ConfigError("To restore a design, input needs exactly one of sku and productVariantId.");
  }
  if (isGiven(productReferenceId)) {
    return { kind: "restore", designId, reference: productReferenceId, sku, variantId: productVariantId };
  }
  if (!isId(productId) || !isId(productVersionId)) {
    throw new ConfigError(
      "To restore a design by product, input needs the numbers productId and productVersionId.",
    );
  }
  const productLinkId = input.productLinkId ?? null;
  return { kind: "restore", designId, productId, productLinkId, sku, variantId: productVariantId };
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value) {
  return typeof value === "string" && value.trim() !== "";
}

function isGiven(value) {
  return value !== undefined && value !== null;
}

function isId(value) {
  return Number.isInteger(value);
}

export function isQuantity(value) {
  return Number.isInteger(value) && value >= 1;
}
