"""Print files, previews, and what is wrong with a design before it is printed."""
