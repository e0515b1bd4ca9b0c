"""The back office: where staff see to orders."""
