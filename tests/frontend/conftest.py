"""A real browser and a server without a database, for what only a browser can show."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

CHROMIUM = Path("/usr/bin/chromium")

# Playwright's event loop stays alive for the rest of the process; Django would take every later query for an async one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


class Quiet(WSGIRequestHandler):
    """Says nothing of the requests it answers."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if not CHROMIUM.exists():
        pytest.skip("Debian's Chromium is not installed: apt install chromium")
    return {"executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the styleguide and the built files on a free port."""
    server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
