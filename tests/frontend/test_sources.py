"""House rules of templates and front-end sources, each with the reason it exists."""

import json
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from lapor.kernel.templatetags import ui

TOP = Path(__file__).parents[2]
PACKAGE = TOP / "src" / "lapor"
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
# A mail has no style sheet of its own and no policy: it may carry style.
PAGES = [path for path in TEMPLATES if PACKAGE / "messaging" not in path.parents]
COMPONENTS = sorted((PACKAGE / "templates" / "components").glob("*.html"))
ICONS = json.loads((TOP / "frontend" / "icons" / "names.json").read_text())
DRAWN = {*ICONS["outline"], *(f"{name}-filled" for name in ICONS["filled"])}


def places(pattern: str, templates: list[Path]) -> list[str]:
    """Return "file: text" wherever the pattern stands in a template."""
    return [
        f"{path.relative_to(PACKAGE)}: {found.group(0)}"
        for path in templates
        for found in re.finditer(pattern, path.read_text(encoding="utf-8"), re.I)
    ]


def test_no_template_holds_inline_style_or_script() -> None:
    """The Content-Security-Policy would refuse it silently in the browser."""
    inline = (
        r"<style|\sstyle=|\son(click|change|submit|load|input|error|focus|blur)=|<script(?![^>]*\ssrc=)|javascript:"
    )
    assert places(inline, PAGES) == []


def test_no_template_loads_anything_from_another_host() -> None:
    foreign = r"<(script|link|img|iframe|source|use)[^>]*\s(src|href)=[\"'](https?:)?//[^>]*>"
    assert places(foreign, TEMPLATES) == []


def test_every_icon_used_is_in_the_sprite() -> None:
    """A missing icon is an empty square that nobody notices."""
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r"{%\s*icon\s+[\"']([\w-]+)[\"'](?!\|)|icon_name=[\"']([\w-]+)[\"']", path.read_text())
    }
    by_code = {
        *ui.STATUS_ICONS.values(),
        *ui.LANE_ICONS.values(),
        *ui.LATENESS_ICONS.values(),
        "clock",
        "circle-dashed",
    }
    assert {first or second for first, second in named} | by_code <= DRAWN


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_says_first_what_it_takes(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{% comment %}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_compiles(path: Path) -> None:
    folder = next(parent for parent in path.parents if parent.name == "templates")
    get_template(str(path.relative_to(folder)))


def test_the_lock_file_names_no_registry() -> None:
    """Each site installs from the registry it trusts; a host in the lock file would decide for it."""
    packages = json.loads((TOP / "package-lock.json").read_text())["packages"]
    assert [name for name, facts in packages.items() if "resolved" in facts] == []
    assert all("integrity" in facts for name, facts in packages.items() if name)


def test_every_front_end_package_is_pinned() -> None:
    wanted = json.loads((TOP / "package.json").read_text())["devDependencies"]
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
