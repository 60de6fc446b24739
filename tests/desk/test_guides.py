"""Each role finds its own guide from every page, at the section of that page."""

from __future__ import annotations

import pytest
from tests.desk.conftest import SignIn


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
