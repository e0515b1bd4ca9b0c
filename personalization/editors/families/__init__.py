"""One module per editor family, each with an adapter named ADAPTER. What lies here is found by itself."""
