"""Meta at the other end of real sockets: checks tokens and proofs, windows and limits, keeps files for minutes only.

Its rules are those of Meta's reference; its errors have Meta's codes and shape. `Person` is somebody with a telephone.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django.utils import timezone
from PIL import Image

from lapor.intake.answers import drain_answers
from lapor.intake.notes import drain_notes
from lapor.intake.usecases.understand import understand_due
from lapor.messaging import drain

SECRET, VERIFY = "the-app-secret-of-the-tests", "the-verify-token-of-the-tests"
NUMBER, PAGE, GRAM = "106540352242922", "682498302938465", "17841405793187218"
TOKENS = {NUMBER: "token-whatsapp", PAGE: "token-page", GRAM: "token-instagram"}
WEBHOOK = "/kanal/meta/"
DAY = timedelta(hours=24)
Failure = tuple[int, Any]


def error(code: int, status: int = 400, **more: Any) -> Failure:
    """Return an error as the Graph API words it."""
    said = {
        "message": f"(#{code}) something",
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "Az8or2yhqkZf",
        **more,
    }
    return status, {"error": said}


class FakeMeta:
    """The Graph API and the sender of webhooks."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, Any]]] = []  # what was taken: (path, body)
        self.failures: list[Failure | Callable[[BaseHTTPRequestHandler], None]] = []
        self.heard: dict[tuple[str, str], Any] = {}  # when somebody last wrote to an account
        self.replied: set[str] = set()  # comments that had their one private reply
        self.files: dict[str, bytes] = {}
        self.addresses: dict[str, tuple[str, Any]] = {}
        self.mentions: dict[str, str] = {}
        self.asked: Counter[str] = Counter()
        self._ids = count(1)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"meta": self}))
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.origin}/v23.0"

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def new_id(self, kind: str) -> str:
        """Return an id nobody had before."""
        return f"{kind}.{next(self._ids):06d}"

    def brings(self, payload: Any, secret: str = SECRET, body: bytes | None = None) -> int:
        """Deliver a webhook; return the status it was answered with."""
        body = json.dumps(payload).encode() if body is None else body
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        answer = Client().post(
            WEBHOOK, data=body, content_type="application/json", headers={"X-Hub-Signature-256": signature}
        )
        return answer.status_code

    def answer(self, method: str, path: str, query: dict[str, str], token: str, body: dict[str, Any]) -> Failure:
        """Do what the Graph API does."""
        account, _, edge = path.partition("/")
        owner = next((id for id, known in TOKENS.items() if known == token), None)
        if owner is None:
            return error(190, 401)
        proof = hmac.new(SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
        if query.get("appsecret_proof") != proof:
            return error(100)
        if method == "GET":
            return self._get(account, query)
        if edge == "messages" and account == owner:
            failure = self._whatsapp(body) if owner == NUMBER else self._private(owner, body)
            return failure or self._take(path, body, owner)
        if edge in ("comments", "replies"):
            self.posted.append((path, body))
            return 200, {"id": self.new_id("comment")}
        return error(100, error_subcode=33)

    def _get(self, id: str, query: dict[str, str]) -> Failure:
        if id == GRAM:
            [(asked, words)] = self.mentions.items()
            return 200, {"mentioned_comment": {"id": asked, "text": words, "username": "warga"}, "id": GRAM}
        if id not in self.files:
            return error(100, error_subcode=33)
        content, address = self.files[id], self.new_id("file")
        self.addresses[address] = (id, timezone.now())
        digest = hashlib.sha256(content).hexdigest()
        url = f"{self.origin}/lookaside/{address}"
        return 200, {"url": url, "mime_type": "image/jpeg", "sha256": digest, "file_size": len(content), "id": id}

    def file(self, address: str, token: str) -> bytes | None:
        """Return a file at its address, for five minutes, to who may have it."""
        id, since = self.addresses.get(address, ("", None))
        fresh = since is not None and timezone.now() - since < timedelta(minutes=5)
        return self.files.get(id) if fresh and token in TOKENS.values() else None

    def _whatsapp(self, body: dict[str, Any]) -> Failure | None:
        to, kind = body["to"], body["type"]
        assert body["messaging_product"] == "whatsapp"
        assert to.isdigit()
        last = self.heard.get((NUMBER, to))
        if kind != "template" and (last is None or timezone.now() - last >= DAY):
            return error(131047)
        if kind == "template" and any(
            "\n" in parameter["text"] or "    " in parameter["text"]
            for component in body["template"]["components"]
            for parameter in component["parameters"]
        ):
            return error(132018)
        if kind == "interactive" and len(body["interactive"]["action"].get("buttons", [])) > 3:
            return error(131009)
        return None

    def _private(self, owner: str, body: dict[str, Any]) -> Failure | None:
        comment, person = body["recipient"].get("comment_id"), body["recipient"].get("id")
        if comment:
            if comment in self.replied:
                return error(10900)
            self.replied.add(comment)
            return None
        last = self.heard.get((owner, person))
        if last is None or timezone.now() - last >= DAY:
            return error(10, 403, error_subcode=2018278)
        return None

    def _take(self, path: str, body: dict[str, Any], owner: str) -> Failure:
        self.posted.append((path, body))
        if owner == NUMBER:
            id = self.new_id("wamid")
            return 200, {"messaging_product": "whatsapp", "contacts": [], "messages": [{"id": id}]}
        return 200, {"recipient_id": body["recipient"].get("id", ""), "message_id": self.new_id("m")}


class _Handler(BaseHTTPRequestHandler):
    meta: FakeMeta

    def do_GET(self) -> None:
        self._serve("GET", {})

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self._serve("POST", json.loads(self.rfile.read(length)))

    def _serve(self, method: str, body: dict[str, Any]) -> None:
        parts, token = urlsplit(self.path), self.headers.get("Authorization", "").removeprefix("Bearer ")
        if parts.path.startswith("/lookaside/"):
            content = self.meta.file(parts.path.rpartition("/")[2], token)
            self._say(*((200, content) if content is not None else (404, b"")))
            return
        path = parts.path.removeprefix("/v23.0/")
        self.meta.asked[path] += 1
        if self.meta.failures:
            failure = self.meta.failures.pop(0)
            if callable(failure):
                failure(self)
                return
        else:
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            failure = self.meta.answer(method, path, query, token, body)
        status, said = failure
        self._say(status, said if isinstance(said, bytes) else json.dumps(said).encode())

    def _say(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def jpeg(colour: str = "gray") -> bytes:
    """Return a small photo."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG")
    return file.getvalue()


def everything_runs(seconds: int = 6) -> None:
    """Let the worker do all that is due, now and `seconds` after now."""
    for now in (timezone.now(), timezone.now() + timedelta(seconds=seconds)):
        for _ in range(50):
            done = understand_due(now=now, worker="test") + drain(now=now, worker="test", batch=50)
            if not done + drain_answers(now=now) + drain_notes(now=now):
                break
        else:
            raise AssertionError("it never comes to rest")


class Person:
    """Somebody on WhatsApp."""

    def __init__(self, meta: FakeMeta, number: str = "6281234567890", name: str = "Warga Contoh") -> None:
        self.meta, self.number, self.name, self.seen = meta, number, name, 0

    def message(self, kind: str, body: Any, id: str = "", **more: Any) -> dict[str, Any]:
        """Return one message as it stands in a webhook."""
        at = str(int(timezone.now().timestamp()))
        return {
            "from": self.number, "id": id or self.meta.new_id("wamid.in"), "timestamp": at, "type": kind, kind: body,
            **more,
        }  # fmt: skip

    def payload(self, *messages: dict[str, Any]) -> dict[str, Any]:
        """Return a webhook of these messages."""
        return whatsapp(contacts=[{"profile": {"name": self.name}, "wa_id": self.number}], messages=list(messages))

    def sends(self, *messages: dict[str, Any]) -> None:
        """Send messages in one webhook."""
        self.meta.heard[NUMBER, self.number] = timezone.now()
        assert self.meta.brings(self.payload(*messages)) == 200

    def says(self, text: str, **more: Any) -> str:
        """Write, and return what is answered."""
        self.sends(self.message("text", {"body": text}, **more))
        return self.hears()

    def presses(self, title: str) -> str:
        """Press a button of the last question, and return what is answered."""
        buttons = self.meta.posted[-1][1]["interactive"]["action"]["buttons"]
        [reply] = [button["reply"] for button in buttons if button["reply"]["title"] == title]
        self.sends(self.message("interactive", {"type": "button_reply", "button_reply": reply}))
        return self.hears()

    def photo(self, content: bytes, caption: str = "") -> dict[str, Any]:
        """Return a message with a photo that Meta keeps."""
        return self.file("image", content, mime_type="image/jpeg", **({"caption": caption} if caption else {}))

    def file(self, kind: str, content: bytes, **body: Any) -> dict[str, Any]:
        """Return a message with a file that Meta keeps."""
        id = str(7_000_000 + len(self.meta.files))
        self.meta.files[id] = content
        return self.message(kind, {"id": id, "sha256": "x", **body})

    def place(self, latitude: float = -8.58, longitude: float = 116.1) -> dict[str, Any]:
        """Return a message with a position."""
        return self.message("location", {"latitude": latitude, "longitude": longitude})

    def hears(self, seconds: int = 6) -> str:
        """Return everything that arrived since, one after the other."""
        everything_runs(seconds)
        own = [body for path, body in self.meta.posted if path == f"{NUMBER}/messages" and body["to"] == self.number]
        new, self.seen = own[self.seen :], len(own)
        return "\n---\n".join(words_in(body) for body in new)


def words_in(body: dict[str, Any]) -> str:
    """Return what a person reads of a message."""
    match body.get("type"):
        case "interactive":
            return str(body["interactive"]["body"]["text"])
        case "template":
            [component] = body["template"]["components"]
            return " | ".join(parameter["text"] for parameter in component["parameters"])
        case "text":
            return str(body["text"]["body"])
    return str(body["message"]["text"] if isinstance(body["message"], dict) else body["message"])


def whatsapp(**value: Any) -> dict[str, Any]:
    """Return a webhook of the WhatsApp account."""
    metadata = {"display_phone_number": "15550783881", "phone_number_id": NUMBER}
    change = {"value": {"messaging_product": "whatsapp", "metadata": metadata, **value}, "field": "messages"}
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}


def status(id: str, state: str, key: str = "", code: int = 0) -> dict[str, Any]:
    """Return one receipt as it stands in a webhook."""
    found: dict[str, Any] = {"id": id, "status": state, "timestamp": "1749416383", "recipient_id": "6281234567890"}
    if key:
        found["biz_opaque_callback_data"] = key
    if code:
        found["errors"] = [{"code": code, "title": "Message undeliverable"}]
    return found


def private(page: str, person: str, message: dict[str, Any]) -> dict[str, Any]:
    """Return a webhook with one private message to a page or an Instagram account."""
    at = int(timezone.now().timestamp() * 1000)
    event = {"sender": {"id": person}, "recipient": {"id": page}, "timestamp": at, "message": message}
    object_ = "page" if page == PAGE else "instagram"
    return {"object": object_, "entry": [{"id": page, "time": at, "messaging": [event]}]}


def changed(page: str, field: str, **value: Any) -> dict[str, Any]:
    """Return a webhook with one change: a comment, a mention."""
    object_ = "page" if page == PAGE else "instagram"
    return {"object": object_, "entry": [{"id": page, "time": 1, "changes": [{"field": field, "value": value}]}]}


def comment_on_page(id: str, words: str, person: str = "4242", **more: Any) -> dict[str, Any]:
    """Return a webhook with a comment on the page."""
    fields = {"item": "comment", "verb": "add", "comment_id": id, "post_id": f"{PAGE}_1", "created_time": 1772413200}
    return changed(PAGE, "feed", **{**fields, "from": {"id": person, "name": "Warga"}, "message": words, **more})
