"""Read-only statistics and registers."""
