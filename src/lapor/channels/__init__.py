"""One folder for each channel: how its messages come in, how letters leave by it. See docs/reference/channels.md."""
