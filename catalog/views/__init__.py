"""What the catalog adds to the Wagtail admin: the Hub's products, checks of the mapping, and their report."""
