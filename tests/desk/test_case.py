"""The case page: what an officer reads and may do."""

from __future__ import annotations

from tests.builders import Case
from tests.desk.conftest import SignIn


def test_the_admin_sees_the_words_and_the_steps_of_a_new_report(case: Case, sits: SignIn) -> None:
    case.is_submitted()

    page = sits("admin-kota").get(f"/meja/laporan/{case.code}/")

    assert page.status_code == 200
    assert "Jalan di depan pasar berlubang" in page.text
    assert f"/meja/laporan/{case.code}/verifikasi/" in page.text
    assert f"/meja/laporan/{case.code}/disposisi/" in page.text
