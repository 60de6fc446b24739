"""Collect the texts people read into the Indonesian catalogue, compile it, and find its gaps.

Source texts are English. gettext's own programs are not needed: Python is read through its syntax tree,
templates through Django's own translation to gettext calls.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "src" / "lapor"
CATALOGUE = PACKAGE / "locale" / "id" / "LC_MESSAGES" / "django.po"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_HEADER = {
    "Project-Id-Version": "LAPOR!",
    "Language": "id",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

# function name: positions of context, text and plural among its arguments
_CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "_": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}


@dataclass(frozen=True)
class Found:
    """A text that wants a translation, and where it stands."""

    text: str
    plural: str | None
    context: str | None
    place: str


def main(words: list[str]) -> int:
    """Run `update`, `compile` or `check`; return the exit code."""
    actions = {"update": update, "compile": compile_all, "check": check}
    if len(words) > 1 or (words and words[0] not in actions):
        print("usage: catalogue.py [update | compile | check]")
        return 2
    return actions[words[0] if words else "update"]()


def update() -> int:
    """Write the catalogue anew: every text in use, with the translations it had; unused ones are dropped."""
    known = {_key(entry): entry for entry in _load()}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = _HEADER
    for entry in _entries():
        _take_over(entry, known.get(_key(entry)))
        fresh.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))
    missing = [entry for entry in fresh if not entry.translated()]
    print(f"{len(fresh)} texts, {len(missing)} without a translation")
    return 0


def compile_all() -> int:
    """Compile every catalogue beside its source."""
    for source in sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/*.po")):
        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
    return 0


def check() -> int:
    """Print what the catalogue lacks; return 1 when it lacks anything."""
    problems = list(gaps())
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def gaps() -> Iterator[str]:
    """Say which texts have no translation, which translations lose a placeholder or nobody uses any more."""
    known = {_key(entry): entry for entry in _load()}
    used = {_key(entry): entry for entry in _entries()}
    for key, entry in used.items():
        place = entry.occurrences[0][0]
        translated = known.get(key)
        if translated is None or not translated.translated() or translated.fuzzy:
            yield f"{place}: no Indonesian for {entry.msgid!r}; run `make catalogue` and translate it"
        elif lost := _lost_placeholders(translated):
            yield f"{place}: the Indonesian of {entry.msgid!r} must use {', '.join(sorted(lost))} as the English does"
    for key in known.keys() - used.keys():
        yield f"{CATALOGUE.name}: nobody uses {key[1]!r} any more; run `make catalogue`"


def _lost_placeholders(entry: polib.POEntry) -> set[str]:
    sources = {frozenset(_PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
    for target in entry.msgstr_plural.values() or [entry.msgstr]:
        used = frozenset(_PLACEHOLDER.findall(target))
        if used not in sources:
            return set().union(*(source ^ used for source in sources))
    return set()


def _load() -> Iterable[polib.POEntry]:
    if not CATALOGUE.exists():
        return []
    return [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def _key(entry: polib.POEntry) -> tuple[str | None, str]:
    return (entry.msgctxt, entry.msgid)


def _entries() -> list[polib.POEntry]:
    entries: dict[tuple[str | None, str], polib.POEntry] = {}
    for found in _all_texts():
        entry = entries.setdefault((found.context, found.text), polib.POEntry(msgid=found.text, msgctxt=found.context))
        if found.plural:
            entry.msgid_plural = found.plural
        if _PLACEHOLDER.search(found.text) and "%" in found.text and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        if (found.place, "") not in entry.occurrences:
            entry.occurrences.append((found.place, ""))
    return [entries[key] for key in sorted(entries, key=lambda key: (entries[key].occurrences, key[1]))]


def _take_over(entry: polib.POEntry, known: polib.POEntry | None) -> None:
    if entry.msgid_plural:
        earlier = (known.msgstr_plural.get(0) or known.msgstr) if known else ""
        entry.msgstr_plural = {0: earlier or ""}
    elif known:
        entry.msgstr = known.msgstr or known.msgstr_plural.get(0, "")
    if known:
        entry.tcomment = known.tcomment


def _all_texts() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*")):
        place = str(path.relative_to(TOP))
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from texts_of_python(path.read_text(encoding="utf-8"), place)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield from texts_of_template(path.read_text(encoding="utf-8"), place)


def texts_of_python(source: str, place: str) -> Iterator[Found]:
    """Yield the texts given to gettext's functions in a Python source."""
    for node in ast.walk(ast.parse(source)):
        call = _CALLS.get(_name_of(node.func)) if isinstance(node, ast.Call) else None
        if call and isinstance(node, ast.Call) and (found := _found(node, call, place)):
            yield found


def texts_of_template(source: str, place: str) -> Iterator[Found]:
    """Yield the texts of a Django template's translate and blocktranslate tags."""
    # Imported here: templates need a configured Django, compiling does not.
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    for call in _gettext_calls(templatize(source)):
        yield from texts_of_python(call, place)


def _gettext_calls(lines: str) -> Iterator[str]:
    """Yield each gettext call in templatize's output, which is otherwise filler and not Python."""
    for start in re.finditer(r"\b(?:n?p?gettext|_)\(", lines):
        for end in re.finditer(r"\)", lines[start.start() :]):
            candidate = lines[start.start() : start.start() + end.end()]
            if _is_expression(candidate):
                yield candidate
                break


def _is_expression(candidate: str) -> bool:
    try:
        ast.parse(candidate, mode="eval")
    except SyntaxError:
        return False
    return True


def _name_of(function: ast.expr) -> str:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.removesuffix("_lazy")


def _found(node: ast.Call, call: tuple[int | None, int, int | None], place: str) -> Found | None:
    values = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
    context, text, plural = (values[at] if at is not None and at < len(values) else None for at in call)
    if not isinstance(text, str) or not text:
        return None
    return Found(
        text,
        plural if isinstance(plural, str) else None,
        context if isinstance(context, str) else None,
        place,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
