"""A citizen over HTTP: opens the form once, files with a key of their own, and tries again with the same key."""

from __future__ import annotations

import http.client
import re
import time
import uuid
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = "/lapor/"


class Citizen:
    """One browser: its cookies, its CSRF token, one connection that is opened anew when it breaks."""

    def __init__(self, port: int, patience: float = 60.0) -> None:
        self.port, self.patience = port, patience
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.tries = 0
        self.link: http.client.HTTPConnection | None = None

    def files(self, text: str, agency: str) -> tuple[str, float]:
        """File one report until it is acknowledged; returns its key and the seconds of the answer that did it.

        Raises TimeoutError when nobody acknowledges within `patience` seconds.
        """
        key, until = str(uuid.uuid4()), time.monotonic() + self.patience
        while time.monotonic() < until:
            begun = time.perf_counter()
            if self._try(key, text, agency):
                return key, time.perf_counter() - begun
            time.sleep(0.05)
        raise TimeoutError(f"not acknowledged within {self.patience} s")

    def _try(self, key: str, text: str, agency: str) -> bool:
        self.tries += 1
        try:
            if not self.token:
                self.token = TOKEN.findall(self._ask("GET", FORM)[1])[0].decode()
            words = {"csrfmiddlewaretoken": self.token, "key": key, "kind": "complaint", "text": text, "agency": agency}
            return self._ask("POST", FORM, urlencode(words))[0] == 302
        except (OSError, http.client.HTTPException, IndexError):
            self.link = None
            return False

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        if self.link is None:
            self.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, content
