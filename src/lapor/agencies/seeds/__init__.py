"""What a new installation begins with: calendars, places, categories, and institutions of three kinds."""

from lapor.agencies.seeds.planting import plant

__all__ = ["plant"]
