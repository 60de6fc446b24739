"""Keeps promises: sends what the workflow owes."""
