"""The whole life of a report by short messages through the real Kannel; it is docs/reference/sms-life.md.

Write that page anew after a wording has changed:

    LAPOR_WRITE_SMS_LIFE=1 pytest tests/channels/sms/test_kannel_life.py
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from tests.builders import Case
from tests.channels.life import Desks, is_confirmed
from tests.channels.sms import bearer
from tests.channels.sms.bearer import TOP, Centres, Kannel, eventually
from tests.channels.sms.kannel import work

from lapor.kernel.codes import show_code
from lapor.language.sms import parts_of, sms_of
from lapor.messaging.models import Delivery
from lapor.reports.models import OutgoingMessage, Report
from lapor.sop.vocabulary import Status

PAGE = TOP / "docs" / "reference" / "sms-life.md"
BUDI = "6281234567890"
CODE = "ABCDE-FGHJK-7"  # stands for the report's own, which is another one each time
HEAD = """# One report's life by SMS

Everything below went through the real Kannel: from a telephone by SMPP 3.4 to Kannel, by its get-url to LAPOR!, back by
sendsms, with a delivery receipt for every message. `tests/channels/sms/test_kannel_life.py` has this conversation,
compares it with this page, and writes the page when asked to (`LAPOR_WRITE_SMS_LIFE=1`). The code stands for the one
that was drawn.

In brackets: the alphabet, in how many parts the message travelled, and its receipt.
"""
pytestmark = bearer.MARKS


@dataclass
class Conversation:
    """What Budi and 1708 wrote to each other; `lines` is the transcript."""

    centres: Centres
    lines: list[str] = field(default_factory=list)
    _shown: int = 0

    def tells(self, what: str) -> None:
        """Add what happened meanwhile, and what Budi heard of it."""
        self.lines += ["", f"*{what}*", ""]
        self._hears()

    def writes(self, text: str, *, ucs2: bool = False) -> None:
        """Let Budi write; a long text travels in parts, the last one first."""
        pieces = parts_of(text) if ucs2 else [text]
        for n, piece in reversed(list(enumerate(pieces, start=1))):
            part = {"ref": 9, "of": len(pieces), "number": n} if len(pieces) > 1 else None
            self.centres.writes(f"{len(self.lines)} {n}", BUDI, piece, ucs2=ucs2, part=part)
        order = ", the last one first" if len(pieces) > 1 else ""
        self.lines += ["", f"**Budi:** {text} [{_size(text)}{order}]", ""]
        self._hears()

    def _hears(self) -> None:
        """Let everything run until what was owed has come, with its receipts; add it to the transcript."""
        eventually(self._is_quiet, f"everything came after {self.lines[-2][:60]}")
        new = self.centres.sent[self._shown :]
        self._shown = len(self.centres.sent)
        while new:
            many = _parts(new[0])
            text, new = "".join(_text(part) for part in new[:many]), new[many:]
            assert sms_of(text).parts == many
            self.lines += [f"**1708:** {text} [{_size(text)}, delivered]", ""]

    def _is_quiet(self) -> bool:
        """Tell whether something came, nothing is owed any more, and every part has its receipt."""
        worked = work()
        owed = OutgoingMessage.objects.filter(told="reporter").exclude(state="sent").exists()
        open_ = Delivery.objects.exclude(state="delivered").exists()
        parts = sum(Delivery.objects.values_list("parts", flat=True))
        return not worked and not owed and not open_ and parts == len(self.centres.sent) > self._shown


def _size(text: str) -> str:
    size = sms_of(text)
    return f"{size.alphabet}, {size.parts} {'part' if size.parts == 1 else 'parts'}"


def _parts(message: dict[str, Any]) -> int:
    """Return in how many parts the message came to which a part belongs (3GPP TS 23.040, 9.2.3.24.1)."""
    return int(message["udh"][0][-4:-2], 16) if message["udh"] else 1


def _text(message: dict[str, Any]) -> str:
    return str(message["text"])


def test_the_whole_life_through_kannel_is_the_page(case: Case, kannel: Kannel, centres: Centres) -> None:
    talk = Conversation(centres)
    talk.writes("Kab. UJI: JALAN di depan pasar berlubang sejak bulan lalu @ gerbang {timur}")
    report = Report.objects.get()
    code, desks = show_code(report.code), Desks(case, report)

    asked = "Pasar yang mana? ꦥꦱꦂꦥꦸꦤ꧀ꦝꦶ? Sebutkan gerbang dan jalan masuknya, supaya tim kami tidak salah tempat."
    desks.ask(asked)
    talk.tells("The institution asks, with words in Javanese script.")
    typed = code.lower().replace("0", "o").replace("1", "i")
    talk.writes(f"balas {typed} ꦥꦱꦂ Bertais, gerbang timur, lewat jalan kecil di samping masjid 🙏", ucs2=True)
    assert Report.objects.get().status != Status.PENDING

    desks.pass_on()
    talk.tells("It is passed on.")
    desks.answer()
    talk.tells("It is accepted and answered.")
    desks.mend()
    talk.tells("The hole is mended.")

    talk.writes("Status")
    talk.writes(f"Belum {code} masih ada dua lubang")
    assert Report.objects.get().objections == 1
    talk.writes(f"TUTUP {code}")
    talk.writes(f"tutup. {code} : 5 mantap")
    assert is_confirmed(report)

    page = _page(talk, code, typed)
    if os.environ.get("LAPOR_WRITE_SMS_LIFE"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page


def _page(talk: Conversation, code: str, typed: str) -> str:
    body = "\n".join(talk.lines).replace(code, CODE).replace(typed, CODE.lower())
    while "\n\n\n" in body:
        body = body.replace("\n\n\n", "\n\n")
    return f"{HEAD}\n{body.strip()}\n"
