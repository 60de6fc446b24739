"""docs/glossary.md: one word per thing, the Indonesian term beside the English one, from the vocabulary itself."""

from collections.abc import Mapping

from lapor.sop.vocabulary import Word

# Words of the code that are no member of an enumeration; the vocabulary's own come after them.
_THINGS = (
    ("report", "laporan", "What a person told the government, with its whole life."),
    ("reporter", "pelapor", "Who filed it; known to the vault alone when anonymous."),
    ("tracking code", "kode lacak", "Secret that opens one report to whoever holds it; cannot be guessed."),
    ("number", "nomor laporan", "The same report's public number, per institution and year, for letters."),
    ("institution", "instansi (K/L/D)", "A ministry, agency or regional government."),
    ("unit", "perangkat daerah / unit kerja", "The part of an institution that must answer."),
    ("subunit", "satuan kerja", "The part of a unit that knows the answer."),
    ("desk", "meja", "Any of these as a holder of reports; exactly one holds a report."),
    ("holder", "pemegang", "Which kind of desk, or the reporter, owes the next step."),
    ("custody", "penguasaan laporan", "Who held the report from when to when."),
    ("disposition", "disposisi", "Handing a report to the desk that must answer it."),
    ("return", "pengembalian", "Handing it back because another body is competent."),
    ("first response", "respon awal", "The liaison officer's first words; says what happens next, does nothing yet."),
    ("follow-up", "tindak lanjut", "The substantive answer; only it starts the clock of silence."),
    ("evidence", "bukti dukung", "A photo or document, cleaned of position and device data."),
    ("pending", "tertunda", "Waiting for the reporter; the clocks rest."),
    ("closing", "penutupan", "The end of a report, always with its reason; silence is no success."),
    ("decree", "surat keputusan (SK)", "What makes a person an officer, from a day to a day."),
    ("deputy", "pengganti sementara", "Who stands in while an officer is away."),
    ("deadline", "tenggat", "A limit on one report, counted in working days of one calendar."),
    ("target", "target", "The service standard, shorter than the limit; missing it is late, not a breach."),
    ("working day", "hari kerja", "A day the calendar counts; weekends, holidays and cuti bersama are skipped."),
    ("ordinal", "urutan hari kerja", "A working day's number in its calendar; deadlines are stored as ordinals."),
    ("breach", "pelampauan tenggat", "A limit passed: on record, with who was responsible and why."),
    ("profile", "profil SOP", "One kind of institution's SOP as numbers: limits, targets, switches; with a version."),
    ("step", "langkah", "A row of the table: in this status, by this role, this may be done."),
    ("sweep", "penyisiran", "The clock's round over everything that is due."),
    ("ledger", "buku jejak", "The append-only record of every step; no personal data."),
    ("promise", "janji kabar", "A message owed to somebody, written with the change that caused it."),
    ("vault", "brankas identitas", "Where names and addresses of reporters are sealed, apart from reports."),
    ("unmasking", "pembukaan identitas", "Reading an identity: with a reason, logged, shown to the reporter."),
)  # fmt: skip
_HEAD = """# Glossary

One word per thing, in code, documents and conversation: the English term names it in code, the Indonesian one on pages.
This page is made from `lapor.sop.vocabulary` by `make docs`.

## Things

| English | Indonesian | Meaning |
|---|---|---|
"""


def pages() -> Mapping[str, str]:
    """Return the glossary by its path."""
    things = "\n".join(f"| {english} | {indonesian} | {meaning} |" for english, indonesian, meaning in _THINGS)
    return {"docs/glossary.md": _HEAD + things + "\n" + "".join(_section(kind) for kind in _kinds())}


def _kinds() -> list[type[Word]]:
    """Return the enumerations of the vocabulary itself, whatever else has been imported."""
    return [kind for kind in Word.__subclasses__() if kind.__module__ == Word.__module__]


def _section(kind: type[Word]) -> str:
    meaning = " ".join((kind.__doc__ or "").split())
    rows = "\n".join(f"| {word.en} | {word.id} | `{word}` |" for word in kind)
    return f"\n## {kind.__name__}\n\n{meaning}\n\n| English | Indonesian | Code |\n|---|---|---|\n{rows}\n"
