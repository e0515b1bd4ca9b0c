"""Everything about the question which product of the Hub a product group is."""
