"""Each role finds its own guide from every page, at the section of that page."""

from __future__ import annotations

import pytest
from tests.desk.conftest import SignIn

from lapor.desk.navigation import GUIDES, OF_OVERSIGHT, SECTIONS, guide, section_of
from lapor.desk.pages import MAY_OPEN
from lapor.kernel.guides import guide_named
from lapor.sop.vocabulary import Role

OFFICERS = [role for role in Role if role not in (Role.REPORTER, Role.CLOCK)]


@pytest.mark.parametrize(
    ("who", "slug"),
    [
        ("admin-pusat", "admin-pusat"),
        ("admin-kota", "admin-instansi"),
        ("pp-pupr", "pejabat-penghubung"),
        ("petugas-bina-marga", "satuan-kerja"),
        ("pimpinan-pupr", "pimpinan"),
        ("ombudsman", "pengawas"),
    ],
)
def test_the_desk_leads_each_role_to_its_own_guide(sits: SignIn, who: str, slug: str) -> None:
    page = sits(who).get("/meja/").content.decode()

    assert f'href="/panduan/{slug}/' in page


@pytest.mark.parametrize("role", OFFICERS)
def test_the_guide_of_a_role_has_a_section_for_every_page_of_its_menu(role: Role) -> None:
    found = guide_named(GUIDES.get(role, OF_OVERSIGHT))
    pages = [entry.page for _title, entries in SECTIONS for entry in entries if role in MAY_OPEN[entry.page]]

    assert found is not None
    anchors = {section.anchor for section in found.sections}
    assert [page for page in pages if section_of(page) not in anchors] == []
    assert all("#" in guide(role, page) for page in pages)
