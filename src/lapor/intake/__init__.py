"""What comes in by a channel: kept before it is read, read by its channel, carried out by the use cases of reports.

`contract` is all that a channel needs to know; docs/reference/channels.md shows how one is built.
"""
