"""The console page of the sandbox."""
