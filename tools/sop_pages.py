"""docs/sop: the steps, the times and the picture of the SOP, in Indonesian, for officials; from the table itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lapor.sop.profile import ClockLimit, Profile, shipped_profiles
from lapor.sop.table import ANYBODY, BELONGS_TO, STEPS, Pause, Step, To
from lapor.sop.vocabulary import Classification, Clock, Holder, Status, Word

_NOTE = "<!-- Dibuat oleh `make docs` dari src/lapor/sop. Ubah di sana, bukan di sini. -->"
_STEPS_HEAD = f"""# Langkah-langkah SOP

{_NOTE}

Satu tabel berlaku untuk semua instansi: dalam status apa, dipegang siapa, siapa boleh berbuat apa, menjadi apa, waktu
apa yang mulai, siapa yang diberi tahu. Yang tidak tertulis di sini tidak dapat dilakukan. Lamanya waktu ada di
[waktu.md](waktu.md), gambarnya di [diagram.md](diagram.md), ujinya di [coverage.md](coverage.md).

Waktu yang sudah berjalan tidak pernah diulang dari awal; waktu yang berhenti dilanjutkan.
"""
_TIMES_HEAD = f"""# Batas waktu

{_NOTE}

**Target**: lewat dari ini tampil sebagai peringatan. **Batas**: lewat dari ini tercatat di register keterlambatan,
dijelaskan petugas dan diketahui pimpinan (S21). Hari adalah hari kerja menurut kalender instansi; hari kejadian adalah
hari ke-0. Laporan memegang versi SOP yang berlaku saat ia masuk (S83).
"""
_DIAGRAM_HEAD = f"""# Perjalanan laporan

{_NOTE}

Panah menyebut langkah yang memindahkan laporan dari satu status ke status lain. Langkah yang tidak mengubah status ada
di [langkah.md](langkah.md).

```mermaid
stateDiagram-v2
"""
_WHERE = {
    To.SAME: "tetap",
    To.BACK: "kembali ke tempat semula",
    To.INTAKE: "meja yang memverifikasi",
    To.RESPONSIBLE: "meja yang menjawab",
}
_PAUSES = {
    Pause.QUESTION: "semua waktu berhenti sampai pelapor menjawab",
    Pause.RETURN: "waktu unit berhenti, 60 hari tetap berjalan",
    Pause.GO: "waktu yang berhenti dilanjutkan",
}
_BACK = (Status.UNVERIFIED, Status.DISPOSED)  # where a question can come from, so where its answer leads
_ALL_CLOCKS = len(Clock)


def documents() -> Mapping[str, str]:
    """Return the three pages by their paths."""
    return {"docs/sop/langkah.md": steps(), "docs/sop/waktu.md": times(), "docs/sop/diagram.md": diagram()}


# --- Steps ---------------------------------------------------------------------------------------


def steps() -> str:
    """Return the whole table, status by status, as an official reads it aloud."""
    begins = [step for step in STEPS if step.is_entry]
    parts = [_section("Laporan masuk", begins)]
    parts += [_section(status.id, [step for step in STEPS if status in step.status]) for status in Status]
    return _STEPS_HEAD + "\n" + "\n".join(parts)


def _section(title: str, rows: Iterable[Step]) -> str:
    head = (
        "| Aturan | Di meja | Pelaku | Tindakan | Menjadi | Dipegang | Waktu | Diberi tahu | Syarat |\n"
        + "|---" * 9
        + "|"
    )
    return f"## {title}\n\n{head}\n" + "\n".join(_row(step) for step in rows) + "\n"


def _row(step: Step) -> str:
    cells = (
        step.rule.replace("practice", "kelaziman").replace("law", "undang-undang"),
        _desks(step.held_by),
        step.role.id,
        step.action.id,
        _where(step.becomes),
        _where(step.goes_to),
        _clocks(step),
        _names(step.tells),
        _conditions(step),
    )
    return "| " + " | ".join(cells) + " |"


def _desks(held_by: Sequence[Holder]) -> str:
    return "di mana pun" if held_by == ANYBODY else _names(held_by)


def _where(place: Word | To) -> str:
    return _WHERE[place] if isinstance(place, To) else place.id


def _clocks(step: Step) -> str:
    stops = "semua waktu" if len(step.drops) == _ALL_CLOCKS else _names(step.drops)
    parts = (
        ("mulai", _names(_started(step))),
        ("terpenuhi", _names(step.meets)),
        ("gugur", stops),
        ("", _PAUSES.get(step.pause, "") if step.pause else ""),
    )
    return "<br>".join(f"{word}: {names}" if word else names for word, names in parts if names)


def _started(step: Step) -> Iterator[Clock]:
    """Leave out the clocks of desks that this step surely does not reach."""
    for clock in step.starts:
        owner = BELONGS_TO.get(clock)
        if owner is None or step.goes_to in (owner, To.INTAKE, To.BACK):
            yield clock


def _conditions(step: Step) -> str:
    return "<br>".join([*(fact.id for fact in step.needs), *(f"tidak jika {fact.id}" for fact in step.unless)])


def _names(words: Iterable[Word]) -> str:
    return ", ".join(word.id for word in words)


# --- Times ---------------------------------------------------------------------------------------


def times() -> str:
    """Return each profile's limits with their sources, and the control data of its document."""
    return _TIMES_HEAD + "\n" + "\n".join(_profile(profile) for profile in shipped_profiles().all)


def _profile(profile: Profile) -> str:
    head = f"## {profile.name_id}\n\n`{profile.code}`, versi {profile.version}"
    rows = "\n".join(_limit(*line) for line in _limits(profile))
    table = f"| Waktu | Target | Batas | Sumber |\n|---|---|---|---|\n{rows}"
    return f"{head}\n\n{_control(profile)}\n\n{table}\n"


def _control(profile: Profile) -> str:
    document = profile.document
    facts = (
        ("Nomor SOP", document.number),
        ("Revisi", document.revision),
        ("Tanggal pembuatan", document.created),
        ("Tanggal revisi", document.revised),
        ("Tanggal efektif", document.effective),
        ("Disahkan oleh", document.approver),
    )
    return "\n".join(f"- {name}: {value or 'tidak tercantum'}" for name, value in facts)


def _limits(profile: Profile) -> Iterator[tuple[str, ClockLimit]]:
    for clock in Clock:
        kinds = tuple(Classification) if (clock, None) not in profile.clocks else (None,)
        for kind in kinds:
            if found := profile.clocks.get((clock, kind)):
                yield (f"{clock.id}: {kind.id}" if kind else clock.id), found


def _limit(name: str, limit: ClockLimit) -> str:
    target, most = (f"{n} {limit.unit.id}" if n is not None else "-" for n in (limit.target, limit.limit))
    return f"| {name} | {target} | {most} | {limit.source.replace('practice', 'kelaziman')} |"


# --- Picture -------------------------------------------------------------------------------------


def diagram() -> str:
    """Return the states of a report as a Mermaid diagram; one arrow per pair of states, naming its steps."""
    names = "\n".join(f'    state "{status.id}" as {status}' for status in Status)
    arrows = "\n".join(f"    {a} --> {b}: {', '.join(actions)}" for (a, b), actions in _arrows().items())
    return f"{_DIAGRAM_HEAD}{names}\n{arrows}\n```\n"


def _arrows() -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for step in STEPS:
        for before, after in _moves(step):
            actions = found.setdefault((before, after), [])
            if step.action.id not in actions:
                actions.append(step.action.id)
    return found


def _moves(step: Step) -> Iterator[tuple[str, str]]:
    reached = _BACK if step.becomes is To.BACK else (step.becomes,)
    for after in reached:
        if isinstance(after, Status):
            yield from ((before, str(after)) for before in _before(step) if before != after)


def _before(step: Step) -> Sequence[str]:
    return [str(status) for status in step.status] or ["[*]"]
