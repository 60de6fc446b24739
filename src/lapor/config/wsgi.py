"""The door for web servers."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapor.config.settings")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's sums are small here, and who has threads forks badly
application = get_wsgi_application()

# Every view, the dictionary and every learned model is loaded now, not by the first reader, and once for all workers:
# gunicorn forks them from this process. What that made lives as long as the process: kept out of the collector's way,
# which would walk two hundred thousand things in the middle of somebody's request.
assert get_resolver().url_patterns  # noqa: S101 - reading them is what loads the views
import_module("lapor.language.spelling").warm()
import_module("lapor.triage.learned").warm()
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)  # a page drops what it made by itself; looking for circles in it cost a fifth
