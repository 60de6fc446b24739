"""The decree itself is handed in as a file, cleaned like every file, and handed out to its institution only."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.builders import World
from tests.desk.conftest import SignIn

from lapor.agencies.models import Decree, DecreeFile
from lapor.agencies.usecases import decrees
from lapor.kernel.models import Deed


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    """Keep uploads in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def address(world: World) -> str:
    decree = Decree.objects.filter(institution__code="kota-uji")[0]
    return f"/meja/petugas/sk/{decree.pk}/"


def photo() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 60), "white").save(drawn, "JPEG")
    return SimpleUploadedFile("sk.jpg", drawn.getvalue(), "image/jpeg")


def test_a_decree_is_handed_in_and_out_as_a_download(sits: SignIn, address: str) -> None:
    browser = sits("admin-kota")
    assert "Belum ada yang menyerahkan" in browser.get(address).text
    assert browser.get(f"{address}berkas/").status_code == 404

    assert browser.post(address, {"file": photo()}).status_code == 302

    answer = browser.get(f"{address}berkas/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Image.open(BytesIO(answer.content)).size == (40, 60)
    assert [deed.action for deed in Deed.objects.order_by("id")] == ["decree_file_kept", "file_taken"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("sk.pdf", b"<html><script>alert(1)</script>"), ("sk.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
     ("sk.pdf", b""), ("sk.exe", b"MZ" + b"\0" * 100)],
)  # fmt: skip
def test_what_is_no_decree_is_refused(sits: SignIn, address: str, name: str, content: bytes) -> None:
    answer = sits("admin-kota").post(address, {"file": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422
    assert not DecreeFile.objects.exists()


def test_too_large_a_file_is_refused_with_a_way_out(
    sits: SignIn, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decrees, "LARGEST_FILE", 100)

    answer = sits("admin-kota").post(address, {"file": photo()})

    assert answer.status_code == 422
    assert "5 MB" in answer.text
    assert not DecreeFile.objects.exists()


@pytest.mark.parametrize("name", ["admin-lembaga", "pp-pupr", "pimpinan-pupr", "ombudsman"])
def test_nobody_else_sees_or_changes_it(sits: SignIn, address: str, name: str) -> None:
    sits("admin-kota").post(address, {"file": photo()})
    stranger = sits(name)

    for answer in (stranger.get(address), stranger.get(f"{address}berkas/"), stranger.post(address, {"file": photo()})):
        assert answer.status_code in (403, 404)
    assert Deed.objects.count() == 1
    assert sits("admin-pusat").get(f"{address}berkas/").status_code == 200
