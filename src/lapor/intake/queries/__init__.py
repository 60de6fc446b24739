"""Questions about messages that came in."""
