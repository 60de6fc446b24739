"""The web server: gunicorn on a socket that we hold, so that a restart of it refuses nobody."""

import os
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path

import click

from lapor.ops.supervisor import Child

DEFAULT_PORT = 8000
_TRIED_PORTS = 100


def open_door(host: str, port: int | None) -> socket.socket:
    """Return a listening socket on the port, or on the next free one from 8000 when none was asked for.

    Raises `click.ClickException` when the port asked for, or all of a hundred, are taken.
    """
    tried = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + _TRIED_PORTS)
    for number in tried:
        try:
            return _listen(host, number)
        except PermissionError as refusal:
            raise click.ClickException(f"Port {number} needs root; choose one above 1023 with --port.") from refusal
        except OSError as refusal:
            reason = refusal.strerror
    raise click.ClickException(f"Cannot listen on {host} port {tried[0]}: {reason}. Choose another with --port.")


def address_of(door: socket.socket) -> str:
    """Return the address to type into a browser."""
    host, port = door.getsockname()[:2]
    shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(host, host)  # noqa: S104
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def is_answered(address: str) -> bool:
    """Say whether the web server answers, whatever it answers."""
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        directly.open(address, timeout=1).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def web_server(door: socket.socket) -> Child:
    """Return gunicorn with threads; the kernel queues visitors on our socket while it restarts."""
    workers = int(os.environ.get("LAPOR_WEB_WORKERS") or max(2, min(os.cpu_count() or 2, 8)))
    scratch = "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"  # noqa: S108 - only an empty heartbeat file
    options = [
        "--config=python:lapor.config.server",
        f"--bind=fd://{door.fileno()}",
        f"--workers={workers}",
        "--worker-class=gthread",
        "--preload",  # the code is read once, not once per worker
        "--threads=4",
        "--timeout=60",
        "--graceful-timeout=20",
        f"--worker-tmp-dir={scratch}",
        "--no-control-socket",
        # gunicorn believes X-Forwarded-* from nobody; a proxy is named to Django instead.
        "--forwarded-allow-ips=",
        "--log-level=warning",
    ]
    command = [sys.executable, "-m", "gunicorn", *options, "lapor.config.wsgi:application"]
    return Child("web", command, descriptors=(door.fileno(),))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(512)
    except OSError:
        door.close()
        raise
    return door
