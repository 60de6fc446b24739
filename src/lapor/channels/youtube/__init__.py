"""YouTube: comments on a channel's videos, read and answered by the Data API v3 within its daily allowance."""
