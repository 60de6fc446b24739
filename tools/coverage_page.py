"""docs/sop/coverage.md: each rule of the SOP beside the tests that bear its number, or why it asks for nothing."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lapor.sop.rules import Rule, all_rules, chapters

TOP = Path(__file__).resolve().parent.parent
PAGE = "docs/sop/coverage.md"
CONTRADICTIONS = 24
_NUMBER = re.compile(r"(?<![a-zA-Z0-9])([SC])(\d+)(?![a-zA-Z0-9])")
_HEAD = """# Aturan SOP dan uji yang menjaganya

<!-- Dibuat oleh `make docs` dari src/lapor/sop/rules.toml dan nama uji di tests/. Ubah di sana, bukan di sini. -->

Setiap aturan SOP (S1 sampai S84) dijaga paling sedikit oleh satu uji yang menyebut nomornya, begitu pula setiap
penyelesaian pertentangan naskah (C1 sampai C24). {kept} dari {all} aturan dijaga oleh {tests} uji; {unkept} aturan
tidak meminta apa pun, dengan alasannya.

"""


@dataclass(frozen=True, order=True)
class Keeper:
    """One test function: its file below the checkout and its name."""

    file: str
    name: str

    @property
    def sentence(self) -> str:
        """Return the name as a person reads it."""
        return self.name.removeprefix("test_").replace("_", " ")

    @property
    def numbers(self) -> frozenset[str]:
        """Return the rules whose number the name bears, for example {"S16", "S17"}."""
        return frozenset(letter + digits for letter, digits in _NUMBER.findall(self.name.replace("_", " ")))


def documents() -> Mapping[str, str]:
    """Return the page by its path."""
    found = keepers()
    rules = all_rules()
    kept = {rule.name for rule in rules} & found.keys()
    figures = {
        "kept": len(kept),
        "all": len(rules),
        "tests": len({test for name in kept for test in found[name]}),
        "unkept": sum(1 for rule in rules if rule.unkept),
    }
    body = "\n".join(_chapter(f"{each.id} ({each.en})", each.rules, found) for each in chapters())
    return {PAGE: _HEAD.format_map(figures) + body + "\n" + _contradictions(found)}


def gaps() -> list[str]:
    """Return the rules that no test bears and no word excuses, the contradictions too."""
    found = keepers()
    wanted = [rule.name for rule in all_rules() if not rule.unkept]
    return [name for name in (*wanted, *_contradiction_names()) if name not in found]


def keepers(folder: Path = TOP / "tests") -> Mapping[str, Sequence[Keeper]]:
    """Return the tests that bear each number, in order of file and name; nothing is run."""
    found: dict[str, list[Keeper]] = defaultdict(list)
    for file in sorted(folder.rglob("test_*.py")):
        for test in sorted(set(_keepers_in(file, folder.parent))):
            for number in test.numbers:
                found[number].append(test)
    return found


def _keepers_in(file: Path, top: Path) -> Iterator[Keeper]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield Keeper(file.relative_to(top).as_posix(), node.name)


def _chapter(title: str, rules: Sequence[Rule], found: Mapping[str, Sequence[Keeper]]) -> str:
    rows = "\n".join(f"| {rule.name} | {rule.id}<br>*{rule.en}* | {_kept_by(rule, found)} |" for rule in rules)
    return f"## {title}\n\n| No | Aturan | Dijaga oleh |\n|---|---|---|\n{rows}\n"


def _kept_by(rule: Rule, found: Mapping[str, Sequence[Keeper]]) -> str:
    if rule.unkept:
        return "<br>".join(rule.unkept)
    return _links(found.get(rule.name, ()))


def _links(tests: Sequence[Keeper]) -> str:
    return "<br>".join(f"[{test.sentence}](../../{test.file})" for test in tests)


def _contradictions(found: Mapping[str, Sequence[Keeper]]) -> str:
    rows = "\n".join(f"| {name} | {_links(found.get(name, ()))} |" for name in _contradiction_names())
    return f"## Pertentangan naskah (contradictions)\n\n| No | Dijaga oleh |\n|---|---|\n{rows}\n"


def _contradiction_names() -> list[str]:
    return [f"C{number}" for number in range(1, CONTRADICTIONS + 1)]
