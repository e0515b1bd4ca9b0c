"""The names of the four groups of staff. The migration `roles` makes them and says what each may do."""

CATALOGUE_EDITORS = "Catalogue editors"
MERCHANDISERS = "Merchandisers"
ORDER_DESK = "Order desk"
ADMINISTRATORS = "Administrators"
