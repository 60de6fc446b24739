"""The words of LAPOR!'s exports beside ours, both ways (docs/howto/import-and-replay.md shows the same tables)."""

from __future__ import annotations

from dataclasses import dataclass

from lapor.sop.vocabulary import Action, ArchiveReason, Channel, Classification, CloseReason, Status

UNCLEAR_TEXT = (
    "Laporan ini diarsipkan karena Mengandung SARA, Tidak Memiliki Bukti Dukung, Tidak Jelas, dan Tidak Relevan"
    " dengan Kinerja Pemerintah"
)
EXPIRED_TEXT = "Laporan diarsipkan karena sudah mencapai batas kadaluarsa pengaduan."
WITHDRAWN_TEXT = "Laporan ini diarsipkan sesuai dengan keinginan Pelapor"
BLOCKED = "Konten Terblokir"


@dataclass(frozen=True)
class Standing:
    """Where a report stands: status, why it ended and by which step (empty while it is open)."""

    status: Status
    close_reason: CloseReason | None = None
    archive_reason: ArchiveReason | None = None
    ended_by: Action | None = None
    is_blocked: bool = False


_CLOSED, _ARCHIVED = Status.CLOSED, Status.ARCHIVED
_UNCLEAR = ArchiveReason.UNCLEAR

# The first name of a standing is the one we write; the others are only read.
STANDINGS: dict[str, Standing] = {
    "Belum Terverifikasi": Standing(Status.UNVERIFIED),
    "Terverifikasi": Standing(Status.DISPOSED),
    "Sedang Diproses": Standing(Status.IN_PROGRESS),
    "Menunggu Kelengkapan Informasi": Standing(Status.PENDING),
    "Diteruskan ke Ombudsman RI": Standing(Status.ESCALATED),
    "Ditutup oleh Pelapor": Standing(_CLOSED, CloseReason.CONFIRMED, ended_by=Action.CONFIRM),
    "Ditutup oleh Sistem": Standing(_CLOSED, CloseReason.SILENCE, ended_by=Action.LAPSE),
    "Ditutup oleh Admin": Standing(_CLOSED, CloseReason.REQUEST, ended_by=Action.APPROVE_CLOSING),
    "Selesai": Standing(_CLOSED, CloseReason.SETTLED, ended_by=Action.RECORD_SETTLED),
    "Selesai di Ombudsman RI": Standing(_CLOSED, CloseReason.OMBUDSMAN, ended_by=Action.RECORD_OUTCOME),
    "Diarsipkan oleh Admin": Standing(_ARCHIVED, None, _UNCLEAR, Action.ARCHIVE),
    "Diarsipkan oleh Sistem": Standing(_ARCHIVED, None, _UNCLEAR, Action.LAPSE_PENDING),
    "Diarsipkan oleh Pelapor": Standing(_ARCHIVED, None, ArchiveReason.WITHDRAWN, Action.WITHDRAW),
    BLOCKED: Standing(_ARCHIVED, None, _UNCLEAR, Action.ARCHIVE, is_blocked=True),
    "Belum": Standing(Status.UNVERIFIED),
    "Terdisposisi": Standing(Status.DISPOSED),
    "Belum Ditindaklanjuti": Standing(Status.DISPOSED),
    "Proses": Standing(Status.IN_PROGRESS),
    "Tertunda": Standing(Status.PENDING),
    "Ditutup": Standing(_CLOSED, CloseReason.SETTLED, ended_by=Action.RECORD_SETTLED),
    "Arsip": Standing(_ARCHIVED, None, _UNCLEAR, Action.ARCHIVE),
}

# Why a report lies in the archive; the national texts are fixed, the others are this product's.
ARCHIVE_TEXTS = {
    UNCLEAR_TEXT: ArchiveReason.UNCLEAR,
    EXPIRED_TEXT: ArchiveReason.UNCLEAR,
    WITHDRAWN_TEXT: ArchiveReason.WITHDRAWN,
    "Laporan ini diarsipkan karena berupa saran atau masukan umum": ArchiveReason.SUGGESTION,
    "Laporan ini diarsipkan karena tidak berkaitan dengan pemerintah": ArchiveReason.NOT_GOVERNMENT,
    "Laporan ini diarsipkan karena merupakan spam": ArchiveReason.SPAM,
    "Laporan ini diarsipkan karena hanya berisi SARA": ArchiveReason.HATE,
    "Laporan ini diarsipkan karena salah entri": ArchiveReason.MISTAKEN,
}

CHANNELS = {
    "Website": Channel.WEB,
    "Website Institusi": Channel.AGENCY_WEB,
    "SMS": Channel.SMS,
    "Android": Channel.ANDROID,
    "ios": Channel.IOS,
    "Email Instansi": Channel.EMAIL,
    "Whatsapp": Channel.WHATSAPP,
    "Facebook": Channel.FACEBOOK,
    "Instagram": Channel.INSTAGRAM,
    "Twitter": Channel.X,
    "Youtube": Channel.YOUTUBE,
    "Hotline Service": Channel.HOTLINE,
    "Tatap Muka": Channel.COUNTER,
    "Pos Surat": Channel.LETTER,
    "API": Channel.API,
    "Kanal lain": Channel.OTHER,
    "Wargaku/Media Center": Channel.AGENCY_WEB,
    "Call Center": Channel.HOTLINE,
    "SMS 1708": Channel.SMS,
    "X": Channel.X,
    "Email": Channel.EMAIL,
    "Surel": Channel.EMAIL,
    "Surat": Channel.LETTER,
}

CLASSIFICATIONS = {kind.id: kind for kind in Classification}

ANONYMOUS, SECRET = "Anonim", "Rahasia"


def standing_of(status: str, reason: str = "") -> Standing | None:
    """Return what a status means, its archive reason made exact by the text beside it; None for an unknown status."""
    standing = _STANDINGS.get(_plain(status))
    if standing is None or standing.status is not Status.ARCHIVED or standing.is_blocked:
        return standing
    why = _REASONS.get(_plain(reason), standing.archive_reason)
    return Standing(standing.status, None, why, standing.ended_by)


def status_text(standing: Standing) -> str:
    """Return the export's word for a standing; the archive reason is told in a column of its own."""
    return next(
        (text for text, known in STANDINGS.items() if _core(known) == _core(standing)),
        "Selesai" if standing.status is Status.CLOSED else "Diarsipkan oleh Admin",
    )


def reason_text(standing: Standing) -> str:
    """Return the text of the column "Alasan Tunda/Arsip": empty unless the report is archived and not blocked."""
    if standing.status is not Status.ARCHIVED or standing.is_blocked:
        return ""
    if standing.ended_by is Action.LAPSE_PENDING:
        return EXPIRED_TEXT
    return next(text for text, reason in ARCHIVE_TEXTS.items() if reason is standing.archive_reason)


def channel_of(text: str) -> Channel | None:
    """Return the channel; `Website - <slug>` is an agency's widget, `SMS 1708 (...)` an SMS. None when unknown."""
    name = _plain(text.split("(")[0])
    if name.startswith("website -"):
        return Channel.AGENCY_WEB
    return _CHANNELS.get(name)


def channel_text(channel: Channel) -> str:
    """Return the export's word for a channel."""
    return next(text for text, known in CHANNELS.items() if known is channel)


def classification_of(text: str) -> Classification | None:
    """Return the classification, or None for an unknown one."""
    return _CLASSIFICATIONS.get(_plain(text))


def secrecy_of(text: str) -> tuple[bool, bool] | None:
    """Return (anonymous, secret) of `Anonim`, `Rahasia`, `Anonim|Rahasia` or nothing; None for anything else."""
    parts = {_plain(part) for part in text.split("|") if part.strip()}
    if parts - {ANONYMOUS.casefold(), SECRET.casefold()}:
        return None
    return ANONYMOUS.casefold() in parts, SECRET.casefold() in parts


def secrecy_text(*, anonymous: bool, secret: bool) -> str:
    """Return the column's text for a report."""
    return "|".join(word for word, is_so in ((ANONYMOUS, anonymous), (SECRET, secret)) if is_so)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def _core(standing: Standing) -> tuple[object, ...]:
    if standing.is_blocked:
        return (BLOCKED,)
    ending = None if standing.status is Status.CLOSED else standing.ended_by
    return standing.status, standing.close_reason, ending


_STANDINGS = {_plain(text): standing for text, standing in STANDINGS.items()}
_REASONS = {_plain(text): reason for text, reason in ARCHIVE_TEXTS.items()}
_CHANNELS = {_plain(text): channel for text, channel in CHANNELS.items()}
_CLASSIFICATIONS = {_plain(text): kind for text, kind in CLASSIFICATIONS.items()}
