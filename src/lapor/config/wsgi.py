"""The door for web servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapor.config.settings")
application = get_wsgi_application()

# Every view is loaded now, not by the first reader. What that made lives as long as the process: kept out of the
# collector's way, which would walk two hundred thousand things in the middle of somebody's request.
assert get_resolver().url_patterns  # noqa: S101 - reading them is what loads the views
gc.collect()
gc.freeze()
