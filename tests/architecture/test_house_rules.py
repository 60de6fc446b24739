"""House rules that a machine can keep; each failure says what to do instead."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
PACKAGE = TOP / "src" / "lapor"
INTERFACES = ("portal", "desk", "api", "channels", "ops")
DOMAIN = ("sop", "language", "ledger", "identity", "agencies", "reports", "triage", "messaging", "intake", "insights")

# Methods that read or write tables when called on what a query or a use case returned.
TABLE_METHODS = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
CLOCK_READS = {"now", "today", "utcnow", "localdate", "localtime"}
CLOCKS = {"timezone", "datetime", "date"}

LONGEST_MODULE = 300
LONG_FOR_A_REASON: dict[str, str] = {
    "src/lapor/config/styleguide_examples.py": "one example of every component, nothing else",
    "src/lapor/sop/table.py": "the law is one table, read in one piece",
    "src/lapor/sop/vocabulary.py": "every word of the SOPs with both its labels, read in one piece",
}

# Where packages and images come from is the business of the machine, not of this project.
NAMED_PLACES = re.compile(
    r"(?:files\.)?python"
    r"hosted\.org|py"
    r"pi\.org|registry\.npm"
    r"js|registry\.yarn"
    r"pkg|deb\.deb"
    r"ian\.org"
    r"|archive\.ubun"
    r"tu\.com|/work"
    r"/(?:main|shared)|/tmp"
    r"/team|/home"
    r"/\w+/"
)


def modules(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield path and syntax tree of each module of these packages, migrations left out."""
    for package in packages:
        for path in sorted((PACKAGE / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(TOP)), ast.parse(path.read_text(encoding="utf-8"))


def tracked_files() -> list[Path]:
    """Return what git would carry to another machine."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, text=True, check=False)  # noqa: S607
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := TOP / name).is_file()]


def test_interfaces_touch_no_tables() -> None:
    found = [
        f"{path}:{node.lineno} {ast.unparse(node)[:80]}"
        for path, tree in modules(*INTERFACES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Call) and _touches_a_table(node)
    ]

    assert not found, "Ask a query or call a use case instead:\n" + "\n".join(found)


def _touches_a_table(node: ast.Attribute | ast.Call) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "objects"
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in TABLE_METHODS:
        return False
    # `seen.update(more)` and `workbook.save(path)` are no tables: Django's update() and save() are called by name.
    return not (node.func.attr in {"update", "save"} and node.args)


def test_the_domain_is_told_the_time() -> None:
    found = [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path, tree in modules(*DOMAIN)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _reads_the_clock(node)
    ]

    assert not found, "Take `now` as a keyword-only argument instead:\n" + "\n".join(found)


def _reads_the_clock(node: ast.Call) -> bool:
    called = node.func
    if not isinstance(called, ast.Attribute) or called.attr not in CLOCK_READS:
        return False
    # A working calendar's own `today(now)` is told the time; the clocks' are asked with a zone at most.
    owner = called.value
    return (isinstance(owner, ast.Name) and owner.id in CLOCKS) or (
        isinstance(owner, ast.Attribute) and owner.attr in CLOCKS
    )


def test_no_signals_for_what_happens_in_the_domain() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules(*DOMAIN, *INTERFACES, "kernel")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("db.models.signals", "django.dispatch"))
    ]

    assert not found, "Call it by name inside the transaction instead:\n" + "\n".join(found)


def test_long_modules_have_a_reason() -> None:
    long = {
        str(path.relative_to(TOP))
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE
    }

    assert long <= LONG_FOR_A_REASON.keys(), (
        f"Split these, or write down why not: {sorted(long - LONG_FOR_A_REASON.keys())}"
    )


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path, tree in modules("") if not ast.get_docstring(tree)]

    assert not silent, f"Begin these with a docstring: {silent}"


def test_nothing_names_a_registry_or_a_place_on_one_machine() -> None:
    found = [
        f"{path.relative_to(TOP)}: {match.group()}"
        for path in tracked_files()
        if path.name != "LICENSE" and (match := NAMED_PLACES.search(path.read_text(encoding="utf-8", errors="ignore")))
    ]

    assert not found, "Other machines get their packages elsewhere:\n" + "\n".join(found)


def test_templates_hold_no_inline_code() -> None:
    inline = re.compile(r"""<script(?![^>]*\bsrc=)[^>]*>|\son\w+=["']|\sstyle=["']""")
    found = [
        f"{path.relative_to(TOP)}: {match.group()[:60]}"
        for path in sorted(PACKAGE.rglob("templates/**/*.html"))
        if "messaging" not in path.parts  # mail programs know inline styles only, and have no such policy
        for match in inline.finditer(path.read_text(encoding="utf-8"))
        if "application/json" not in match.group() and "CSP_NONCE" not in match.group()
    ]

    assert not found, "The Content-Security-Policy refuses these; use a class, or a file in frontend/js:\n" + "\n".join(
        found
    )


def test_links_between_documents_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    dead = [
        f"{document.relative_to(TOP)} -> {target}"
        for document in [TOP / "README.md", *sorted((TOP / "docs").rglob("*.md"))]
        for target in link.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]

    assert not dead, "\n".join(dead)
