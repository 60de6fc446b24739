"""Naming a colleague in a note: offered while "@" and the name are typed, by keyboard and by mouse (S25)."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.builders import Case, World, officer_at
from tests.journeys.sitting import Sit, is_accessible

from lapor.reports.models import OutgoingMessage
from lapor.sop.vocabulary import Role


def test_a_colleague_is_named_while_the_name_is_typed_and_gets_a_message(case: Case, world: World, sit: Sit) -> None:
    case.is_disposed()
    mate = officer_at(world.agency("dinas-pupr"), Role.LIAISON, "rekan satu")
    address = f"/meja/laporan/{case.number}/catatan/"

    with sit("pp-pupr") as page:
        page.goto(address)
        words = page.locator("textarea[name=text]")
        words.focus()
        page.keyboard.type("Mohon dilihat @rek")
        offered = page.get_by_role("listbox", name="Rekan kerja")
        expect(offered.get_by_role("option")).to_have_count(1)
        active = words.get_attribute("aria-activedescendant")
        expect(page.locator(f"#{active}")).to_contain_text("Rekan Satu")
        expect(page.locator("form [role=status]")).to_contain_text("1 nama cocok")
        is_accessible(page)
        page.keyboard.press("Escape")
        expect(offered).to_be_hidden()
        page.keyboard.type("an")
        page.keyboard.press("Enter")
        expect(words).to_have_value("Mohon dilihat @Rekan Satu ")
        expect(page.locator(f"[name=mentions][value='{mate.account}']")).to_be_checked()
        page.keyboard.type("dan @pimp")  # nobody who is not in the list below is offered
        page.keyboard.type("inan-kesehatan")
        expect(offered).to_be_hidden()
        page.keyboard.press("Enter")
        expect(words).to_have_value("Mohon dilihat @Rekan Satu dan @pimpinan-kesehatan\n")
        page.get_by_role("button", name="Catatan internal", exact=True).click()
        expect(page.locator(".timeline")).to_contain_text("Mohon dilihat @Rekan Satu")
    assert mate.account in OutgoingMessage.objects.values_list("account", flat=True)


def test_names_are_walked_through_and_pressed_by_mouse(case: Case, world: World, sit: Sit) -> None:
    case.is_disposed()
    for login in ("rekan satu", "rekan dua"):
        officer_at(world.agency("dinas-pupr"), Role.LIAISON, login)

    with sit("pp-pupr", phone=True) as page:
        page.goto(f"/meja/laporan/{case.number}/catatan/")
        words = page.locator("textarea[name=text]")
        words.press_sequentially("@rekan")
        options = page.get_by_role("listbox").get_by_role("option")
        expect(options).to_have_count(2)
        words.press("ArrowDown")
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")
        words.press("ArrowDown")
        expect(options.nth(0)).to_have_attribute("aria-selected", "true")
        options.nth(1).click()
        expect(words).to_have_value("@Rekan Dua ")
        expect(words).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
