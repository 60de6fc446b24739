"""Commands of the channels: `lapor manage <name>`."""
