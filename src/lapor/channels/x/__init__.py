"""X: mentions and direct messages of one account, read by API v2, and replies."""
