"""The drills; each is a function that plays one, prints what it saw, and tells whether it was passed."""
