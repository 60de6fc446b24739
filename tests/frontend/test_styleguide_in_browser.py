"""Every component in a real browser: readable by all, inside the screen, quiet under the policy, scripts or not."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FACES = ["/_styleguide/", "/_styleguide/meja/"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PRESSED = ".btn, .choice, .choices label, summary, .stars label, select, input:not([type=radio], [type=checkbox])"

pytestmark = [pytest.mark.journey, pytest.mark.urls("lapor.config.styleguide")]


def opened(context: BrowserContext, url: str) -> tuple[Page, list[str]]:
    """Open a page; return it with everything the browser complains about, filled as it goes."""
    page, complaints = context.new_page(), []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    return page, complaints


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_component_is_accessible_and_fits(
    browser: Browser, address: str, face: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 6000}, color_scheme=scheme)
    page, complaints = opened(context, address + face)
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details.deadline').forEach(one => { one.open = true })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert {broken["id"]: [node["html"] for node in broken["nodes"]] for broken in found["violations"]} == {}
    context.close()


def test_on_the_portal_everything_pressed_is_at_least_44_pixels_high(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page, _ = opened(context, address + FACES[0])
    small = page.evaluate(
        """pressed => [...document.querySelectorAll(pressed)]
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
            .map(one => one.outerHTML.slice(0, 120))""",
        PRESSED,
    )
    assert small == []
    context.close()


def test_a_chosen_file_is_shown_and_can_be_taken_back(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page, complaints = opened(context, address + FACES[0])
    letter = FilePayload(name="surat.pdf", mimeType="application/pdf", buffer=b"%PDF-")
    page.set_input_files("[data-files] input", letter)
    assert "surat.pdf" in page.locator(".file-item").inner_text()
    page.locator(".file-remove").click()
    assert page.locator(".file-item").count() == 0
    assert page.evaluate("document.querySelector('[data-files] input').files.length") == 0
    assert complaints == []
    context.close()


def test_the_pile_is_walked_by_keyboard_but_not_while_writing(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, _ = opened(context, address + FACES[1])
    titles = page.locator(".row-title a").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == titles[1]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == titles[0]
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.input_value("input[type=search]") == "jk?"
    context.close()


@pytest.mark.parametrize("face", FACES)
def test_without_scripts_menus_and_questions_still_open(browser: Browser, address: str, face: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page, _ = opened(context, address + face)
    closed = page.locator("details.menu:not([open]) > summary").locator("visible=true").first
    closed.click()
    assert page.locator("details.menu[open] .menu-panel").locator("visible=true").count() >= 1
    page.locator("details.deadline > summary").click()
    assert page.locator(".deadline-days").is_visible()
    context.close()
