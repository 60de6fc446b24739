"""X at the other end of a real socket: checks the OAuth 1.0a signature, pages, counts requests by quarter hours."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils import timezone
from oauthlib.oauth1.rfc5849 import signature

ME = "2244994945"
KEYS = {"KEY": "consumer", "SECRET": "consumer-secret", "TOKEN": "token", "TOKEN_SECRET": "token-secret"}
Failure = tuple[int, Any, dict[str, str]]


class FakeX:
    """The API v2 for one account."""

    def __init__(self, page: int = 3, limit: int = 1000) -> None:
        self.page, self.limit = page, limit
        self.tweets: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.posted: list[tuple[str, dict[str, Any]]] = []
        self.failures: list[Failure] = []
        self.used: Counter[str] = Counter()
        self.closed: set[str] = set()  # accounts that take no message of ours
        self.asked: list[str] = []
        self._id = 1_900_000_000_000_000_000
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"x": self}))
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def mention(self, text: str, author: str = "777", ago: timedelta = timedelta()) -> str:
        """Let somebody mention the account; return the tweet's id."""
        self._id += 1
        at = (timezone.now() - ago).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        self.tweets.insert(0, {"id": str(self._id), "text": text, "author_id": author, "created_at": at})
        return str(self._id)

    def message(self, text: str, sender: str = "777") -> str:
        """Let somebody write in private; return the event's id."""
        self._id += 1
        at = timezone.now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
        event = {"id": str(self._id), "text": text, "sender_id": sender, "created_at": at}
        self.events.insert(0, {**event, "event_type": "MessageCreate", "dm_conversation_id": f"{sender}-{ME}"})
        return str(self._id)

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Failure:
        """Do what the API does."""
        limits = {"x-rate-limit-limit": str(self.limit), "x-rate-limit-reset": str(int(self.reset().timestamp()))}
        self.used[path] += 1
        left = self.limit - self.used[path]
        limits["x-rate-limit-remaining"] = str(max(left, 0))
        if left < 0:
            return 429, {"title": "Too Many Requests", "status": 429}, limits
        if method == "GET":
            items = self.tweets if path.endswith("/mentions") else self.events
            return (*self._page(items, query), limits)
        return (*self._post(path, body), limits)

    def reset(self) -> datetime:
        """Return when the quarter of an hour ends."""
        now = timezone.now()
        return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)

    def _page(self, items: list[dict[str, Any]], query: dict[str, str]) -> tuple[int, Any]:
        token, since = query.get("pagination_token", ""), int(query.get("since_id", "0"))
        if token and not token.startswith("after-"):
            return 400, {"errors": [{"message": "invalid pagination_token"}], "title": "Invalid Request"}
        before = int(token.removeprefix("after-")) if token else 10**20
        found = [item for item in items if since < int(item["id"]) < before]
        shown = found[: self.page]
        meta: dict[str, Any] = {"result_count": len(shown)}
        if not shown:
            return 200, {"meta": meta}
        if len(found) > len(shown):
            meta["next_token"] = f"after-{shown[-1]['id']}"
        users = [
            {"id": item["author_id"], "username": f"warga{item['author_id']}"} for item in shown if "author_id" in item
        ]
        return 200, {"data": shown, "includes": {"users": users}, "meta": meta}

    def _post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        if path.startswith("/2/dm_conversations/with/"):
            person = path.split("/")[4]
            if person in self.closed:
                return 403, {
                    "title": "Forbidden",
                    "detail": "You do not have permission to DM this user",
                    "status": 403,
                }
            self.posted.append((path, body))
            return 201, {"data": {"dm_conversation_id": f"{person}-{ME}", "dm_event_id": str(len(self.posted))}}
        if any(before["text"] == body["text"] for at, before in self.posted if at == "/2/tweets"):
            detail = "You are not allowed to create a Tweet with duplicate content."
            return 403, {"title": "Forbidden", "detail": detail, "status": 403}
        assert len(body["text"]) <= 280
        self.posted.append((path, body))
        return 201, {"data": {"id": str(len(self.posted)), "text": body["text"]}}


class _Handler(BaseHTTPRequestHandler):
    x: FakeX

    def do_GET(self) -> None:
        self._serve("GET", b"")

    def do_POST(self) -> None:
        self._serve("POST", self.rfile.read(int(self.headers["Content-Length"])))

    def _serve(self, method: str, body: bytes) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.x.asked.append(self.path)
        if not self._is_signed(method):
            answer: Failure = (401, {"title": "Unauthorized", "status": 401}, {})
        elif self.x.failures:
            answer = self.x.failures.pop(0)
        else:
            answer = self.x.answer(method, parts.path, query, json.loads(body) if body else {})
        status, said, headers = answer
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _is_signed(self, method: str) -> bool:
        """Check the signature as RFC 5849 (3.4) says, by a library that is not the one that made it."""
        header = self.headers.get("Authorization", "")
        url = f"{self.x.url}{self.path}"
        asked = signature.collect_parameters(uri_query=urlsplit(url).query, headers={"Authorization": header})
        base = signature.signature_base_string(
            method, signature.base_string_uri(url.partition("?")[0]), signature.normalize_parameters(asked)
        )
        given = dict(part.strip().split("=", 1) for part in header.removeprefix("OAuth ").split(",") if "=" in part)
        made = signature.sign_hmac_sha1_with_client(base, _Client())
        known = (
            given.get("oauth_consumer_key") == f'"{KEYS["KEY"]}"' and given.get("oauth_token") == f'"{KEYS["TOKEN"]}"'
        )
        return known and unquote(given.get("oauth_signature", "").strip('"')) == made

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class _Client:
    client_secret, resource_owner_secret = KEYS["SECRET"], KEYS["TOKEN_SECRET"]
