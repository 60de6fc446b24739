"""Tables that all parts share."""

from django.db import models


class Heartbeat(models.Model):
    """When a background loop last finished a round; `lapor doctor` worries when it is long ago."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the name and the time."""
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S} UTC"
