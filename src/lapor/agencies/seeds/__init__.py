"""What a new installation begins with: calendars, places, categories, and institutions of three kinds."""

from lapor.agencies.seeds.planting import lay_foundation, plant

__all__ = ["lay_foundation", "plant"]
