"""Small things that all parts share."""
