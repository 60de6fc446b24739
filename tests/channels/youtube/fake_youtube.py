"""YouTube at the other end of a real socket: keys and tokens, pages, the day's quota, answers left out of a page."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

CHANNEL, KEY, REFRESH = "UCchannel", "api-key", "refresh-token"
Failure = tuple[int, Any]


def error(status: int, reason: str) -> Failure:
    """Return an error as Google words it."""
    return status, {"error": {"code": status, "errors": [{"domain": "youtube", "reason": reason}], "message": "?"}}


class FakeYouTube:
    """The Data API v3 for one channel, and Google's token service."""

    def __init__(self, page: int = 3, quota: int = 10_000, shown: int = 2) -> None:
        self.page, self.quota, self.shown = page, quota, shown
        self.threads: list[dict[str, Any]] = []
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.posted: list[dict[str, Any]] = []
        self.failures: list[Failure] = []
        self.used, self.tokens = 0, 0
        self._id = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"youtube": self}))
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def comment(self, text: str, author: str = "", ago: timedelta = timedelta()) -> str:
        """Let somebody comment on a video; return the thread's id, which is the comment's."""
        self._id += 1
        made = self._comment(f"Ug{self._id}", text, author or f"UCwarga{self._id}", ago)
        self.threads.insert(0, made)
        self.threads.sort(key=lambda comment: comment["snippet"]["publishedAt"], reverse=True)
        return str(made["id"])

    def answer_to(self, thread: str, text: str, author: str = "") -> str:
        """Let somebody answer a comment."""
        self._id += 1
        made = self._comment(f"{thread}.{self._id}", text, author or f"UCwarga{self._id}", timedelta())
        self.answers.setdefault(thread, []).append(made)
        return str(made["id"])

    def _comment(self, id: str, text: str, author: str, ago: timedelta) -> dict[str, Any]:
        at = (timezone.now() - ago).strftime("%Y-%m-%dT%H:%M:%SZ")
        snippet = {
            "textOriginal": text,
            "textDisplay": text,
            "authorDisplayName": "@warga",
            "authorChannelId": {"value": author},
            "publishedAt": at,
        }
        return {"kind": "youtube#comment", "id": id, "snippet": snippet}

    def serve(self, method: str, path: str, query: dict[str, str], token: str, body: Any) -> Failure:
        """Do what Google does."""
        if path == "/token":
            self.tokens += 1
            if body.get("refresh_token") != [REFRESH]:
                return 400, {"error": "invalid_grant"}
            return 200, {"access_token": f"access-{self.tokens}", "expires_in": 3599, "token_type": "Bearer"}
        cost = 50 if method == "POST" else 1
        if self.used + cost > self.quota:
            return error(403, "quotaExceeded")
        self.used += cost
        if self.failures:
            return self.failures.pop(0)
        if method == "POST":
            if token != f"access-{self.tokens}" or not self.tokens:
                return error(401, "authError")
            self.posted.append(body)
            return 200, {"kind": "youtube#comment", "id": f"new-{len(self.posted)}", "snippet": body["snippet"]}
        if query.get("key") != KEY:
            return error(400, "keyInvalid")
        return self._comments(query) if path == "/comments" else self._threads(query)

    def _threads(self, query: dict[str, str]) -> Failure:
        assert (query["allThreadsRelatedToChannelId"], query["order"]) == (CHANNEL, "time")
        found, more = self._cut(self.threads, query)
        return 200, {"kind": "youtube#commentThreadListResponse", "items": [self._thread(one) for one in found], **more}

    def _thread(self, top: dict[str, Any]) -> dict[str, Any]:
        answers = self.answers.get(top["id"], [])
        snippet = {"channelId": CHANNEL, "topLevelComment": top, "totalReplyCount": len(answers)}
        shown = {"replies": {"comments": answers[-self.shown :]}} if answers else {}
        return {"kind": "youtube#commentThread", "id": top["id"], "snippet": snippet, **shown}

    def _comments(self, query: dict[str, str]) -> Failure:
        found, more = self._cut(self.answers.get(query["parentId"], []), query)
        return 200, {"kind": "youtube#commentListResponse", "items": found, **more}

    def _cut(self, items: list[dict[str, Any]], query: dict[str, str]) -> tuple[list[dict[str, Any]], dict[str, str]]:
        token = query.get("pageToken", "")
        ids = [item["id"] for item in items]
        begin = ids.index(token) if token in ids else 0
        rest = items[begin:]
        more = {"nextPageToken": rest[self.page]["id"]} if len(rest) > self.page else {}
        return rest[: self.page], more


class _Handler(BaseHTTPRequestHandler):
    youtube: FakeYouTube

    def do_GET(self) -> None:
        self._serve("GET", {})

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        is_json = self.headers["Content-Type"] == "application/json"
        self._serve("POST", json.loads(content) if is_json else parse_qs(content))

    def _serve(self, method: str, body: Any) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        status, said = self.youtube.serve(method, parts.path, query, token, body)
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
