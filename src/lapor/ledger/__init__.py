"""Append-only record; knows nothing of complaints."""
