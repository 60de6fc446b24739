"""Which kind of report the words speak for, by rules alone: a wish, or a question for information.

Only what is plainly said counts; a complaint is what remains, and needs no hint. Signs of an oversight case have their
own rule (lapor.language.oversight_signs).
"""

from __future__ import annotations

from functools import cache

from lapor.language import oversight_signs
from lapor.language.tokens import Apart, Phrases, tokens_of
from lapor.sop.vocabulary import Classification

_SAID = {
    Classification.INFORMATION: (
        "mohon info", "mohon informasi", "minta info", "minta informasi", "ingin bertanya", "mau bertanya", "mau tanya",
        "izin bertanya", "bagaimana cara", "bagaimana caranya", "apa saja syarat", "apa syaratnya", "apakah bisa",
        "apakah boleh", "di mana saya bisa", "berapa biaya", "numpang tanya", "mau nanya", "pengen tanya",
        "pengen nanya", "pingin tanya", "ingin tanya", "mw tny", "mau tny", "gimana cara", "gimana caranya", "gmn cara",
        "gmn caranya", "bagaimana prosedur", "syaratnya apa", "apa persyaratan", "kapan jadwal",
    ),
    Classification.ASPIRATION: (
        "saya usul", "kami usul", "saya mengusulkan", "kami mengusulkan", "usulan saya", "usulan kami", "saran saya",
        "saran kami", "saya menyarankan", "kami menyarankan", "sekadar saran", "sekedar saran", "mengusulkan agar",
        "usul saya", "usul kami", "mohon dibuatkan", "mohon dibangun", "mohon dibangunkan", "mohon disediakan",
        "semoga dibangun",
    ),
}  # fmt: skip
_HOURS = Apart(  # "kapan bansos PKH cair", "jam berapa loket tutup"
    what=["kapan", "jam berapa"],
    does=["cair", "buka", "dibuka", "tutup", "lewat", "jadwal", "keliling", "mulai", "dimulai", "pendaftaran"],
    near=6,
    in_order=True,
)
_TROUBLE = Phrases(
    (phrase, "complaint")
    for phrase in (
        "keluhan", "mengeluh", "rusak", "berlubang", "mati", "macet", "belum juga", "tidak ditanggapi", "kecewa",
        "tidak sesuai", "menolak", "ditolak", "dipersulit", "tidak diangkut", "belum diangkut", "belum dapat",
        "belum cair", "tidak dapat", "roboh", "ambruk", "putus", "kenapa", "knp", "kok", "dicopot", "bukan urusannya",
    )
)  # fmt: skip


@cache
def _phrases() -> Phrases:
    return Phrases((phrase, str(kind)) for kind, phrases in _SAID.items() for phrase in phrases)


def kind_said(text: str) -> tuple[Classification, tuple[str, ...]] | None:
    """Return the kind and the words that say it; None where both are said, or a trouble is told with them."""
    tokens = tokens_of(text)
    found = [
        *_phrases().within(tokens),
        *((span, str(Classification.INFORMATION)) for *_, span in _HOURS.within(tokens)),
    ]
    kinds = {kind for _span, kind in found}
    if len(kinds) != 1 or any(True for _ in _TROUBLE.within(tokens)) or oversight_signs(text):
        return None
    return Classification(kinds.pop()), tuple(dict.fromkeys(span.of(text) for span, _kind in found))[:3]
