"""Hears what happened in the Hub."""
