"""The append-only, hash-linked record of what was done; it knows nothing of complaints."""
