"""The archive that a person takes home: the same data once as a page to read and once for machines."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.translation import get_language

from lapor.identity.queries.accounts import OwnAccount


def packed(
    own: OwnAccount,
    reports: Iterable[dict[str, Any]],
    followed: list[dict[str, Any]],
    comments: list[dict[str, Any]],
    sent: Iterable[dict[str, Any]],
    now: datetime,
) -> bytes:
    """Return a ZIP with `data.json` (UTF-8) and `data.html`, which loads nothing and runs nothing."""
    held = {
        "made_at": now,
        "name": own.name,
        "account_since": own.since,
        "addresses": [asdict(one) for one in own.addresses],
        "passkeys": [asdict(one) for one in own.passkeys],
        "sign_ins": [asdict(one) for one in own.sign_ins],
        "news": own.news,
        "followed": followed,
        "comments": comments,
        "reports": list(reports),
        "sent": list(sent),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        archive.writestr("data.html", render_to_string("portal/account/data.html", held | {"language": get_language()}))
    return content.getvalue()
