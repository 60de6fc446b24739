"""Filing a report without an account and without JavaScript: one page, one report, one receipt."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.builders import World
from tests.portal.conftest import Answer

from lapor.agencies.models import Category, Place
from lapor.identity.models import Contact
from lapor.reports.models import Evidence, Report, ReportText

TEXT = "Lampu jalan di depan sekolah padam sejak dua minggu. Anak-anak takut lewat."


def filled(**changes: Any) -> dict[str, Any]:
    """Return what a browser sends for a plain report."""
    return {"key": str(uuid.uuid4()), "kind": "complaint", "text": TEXT, **changes}


def photo(name: str = "lampu.jpg", size: tuple[int, int] = (60, 40), form: str = "JPEG") -> SimpleUploadedFile:
    """Return a small photo as a phone sends it."""
    content = io.BytesIO()
    Image.new("RGB", size, "navy").save(content, form)
    return SimpleUploadedFile(name, content.getvalue(), f"image/{form.lower()}")


def send(client: Client, **changes: Any) -> Answer:
    """Send the form."""
    return client.post("/lapor/", filled(**changes))


def test_A1_S6_anybody_files_a_report_and_gets_a_receipt_with_its_code(citizen: Client, world: World) -> None:
    answer = send(citizen, title="Lampu padam", agency="kota-uji")
    report = Report.objects.get()
    receipt = citizen.get(answer["Location"])

    assert (answer.status_code, answer["Location"]) == (302, "/lapor/terima-kasih/")
    assert report.title == "Lampu padam"
    assert report.agency is not None
    assert report.agency.code == "kota-uji"
    page = receipt.content.decode()
    assert f"{report.code[:5]}-{report.code[5:10]}-{report.code[10:]}" in page
    assert report.number in page
    assert "Kota Uji" in page


def test_the_receipt_promises_days_and_says_why_these(citizen: Client, world: World) -> None:
    send(citizen, agency="kota-uji")

    page = citizen.get("/lapor/terima-kasih/").content.decode()

    assert "Kamis, 5 Maret 2026" in page  # three working days to verify, counted from Monday 2 March
    assert "Senin, 9 Maret 2026" in page  # five to pass it on
    assert "Mengapa tanggal ini?" in page
    assert "SOP LAPOR! Pemerintah Kota Mataram" in page  # the account names the profile


def test_only_the_text_is_a_must_and_the_title_comes_from_it(citizen: Client, world: World) -> None:
    send(citizen)

    assert Report.objects.get().title == "Lampu jalan di depan sekolah padam sejak dua minggu"


def test_the_box_on_the_front_page_begins_the_form_and_files_nothing(citizen: Client, world: World) -> None:
    page = citizen.post("/lapor/", {"begin": "yes", "text": TEXT, "agency": "kota-uji"})

    assert page.status_code == 200
    assert page.context["form"]["text"].value() == TEXT
    assert page.context["form"]["agency"].value() == "kota-uji"
    assert not page.context["form"].errors
    assert not Report.objects.exists()


def test_everything_typed_reaches_the_report(citizen: Client, world: World) -> None:
    city = Place.objects.create(code="99.71", name="Kota Uji", level="city")
    district = Place.objects.create(code="99.71.01", name="Ampenan", level="district", parent=city)
    village = Place.objects.create(code="99.71.01.1001", name="Bintaro Uji", level="village", parent=district)
    roads = Category.objects.create(code="jalan-uji", name_id="Jalan", name_en="Roads")

    send(
        citizen,
        kind="aspiration",
        happened_on="01/03/2026",
        where="Kel. Bintaro Uji, Kecamatan Ampenan",
        place_note="Dekat masjid",
        category="jalan-uji",
        anonymous="on",
        secret="on",
        contact="0812 3456 7890",
        name="Wati Contoh",
    )

    report = Report.objects.get()
    assert (report.classification, report.place, report.category) == ("aspiration", village, roads)
    assert (str(report.happened_on), report.place_note) == ("2026-03-01", "Dekat masjid")
    assert (report.is_anonymous, report.is_secret) == (True, True)
    assert Contact.objects.get().reporter.ref == report.reporter_ref


def test_a_place_that_is_not_in_the_list_is_kept_in_words(citizen: Client, world: World) -> None:
    send(citizen, where="Kampung Antah Berantah", place_note="dekat sumur")

    report = Report.objects.get()
    assert report.place is None
    assert report.place_note == "Kampung Antah Berantah. dekat sumur"


def test_sending_twice_makes_one_report(citizen: Client, world: World) -> None:
    same = filled()

    first, second = citizen.post("/lapor/", same), citizen.post("/lapor/", same)

    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_going_back_and_sending_something_else_asks_once_more_and_then_files_it(citizen: Client, world: World) -> None:
    key = str(uuid.uuid4())
    send(citizen, key=key)

    refused = send(citizen, key=key, text="Selain itu, trotoar di depan sekolah juga rusak parah.")
    assert refused.status_code == 422
    assert "tekan “Kirim” sekali lagi" in refused.content.decode()
    assert Report.objects.count() == 1
    fresh = refused.context["form"]["key"].value()
    assert fresh != key

    send(citizen, key=fresh, text="Selain itu, trotoar di depan sekolah juga rusak parah.")
    assert Report.objects.count() == 2


@pytest.mark.parametrize(("language", "said"), [("id", "tekan “Kirim” sekali lagi"), ("en", "Please press “Send”")])
@pytest.mark.parametrize("key", ["bukan-kunci", ""])
def test_a_damaged_key_is_said_in_words_and_the_next_press_files(
    citizen: Client, world: World, key: str, language: str, said: str
) -> None:
    citizen.cookies["django_language"] = language

    refused = send(citizen, key=key)
    page = refused.content.decode()

    assert refused.status_code == 422
    assert said in page
    assert "Key" not in refused.context["form"].fields["key"].label
    assert ">Key<" not in page
    assert send(citizen, key=refused.context["form"]["key"].value()).status_code == 302


def test_a_form_that_carries_somebodys_words_is_kept_by_no_cache(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    asked = [send(Client(), key="bukan-kunci"), send(strict), Client().post("/lapor/", {"begin": "1", "text": TEXT})]

    assert [answer.status_code for answer in asked] == [422, 403, 200]
    assert {answer["Cache-Control"] for answer in asked} == {"private, no-store"}
    assert all(TEXT in answer.content.decode() for answer in asked)


def test_photos_go_with_the_report_and_are_not_public(citizen: Client, world: World) -> None:
    send(citizen, photos=[photo("satu.jpg"), photo("dua.png", form="PNG")])

    assert sorted(Evidence.objects.values_list("name", "is_public")) == [("dua.png", False), ("satu.jpg", False)]


def test_uploaded_photos_survive_a_refused_form_and_need_not_be_chosen_again(citizen: Client, world: World) -> None:
    refused = send(citizen, text="", photos=[photo()], contact="0812 3456 7890")
    kept = [one.token for one in refused.context["form"].kept]
    page = refused.content.decode()

    assert refused.status_code == 422
    assert len(kept) == 1
    assert not Report.objects.exists()
    assert kept[0] in page
    assert "0812 3456 7890" in page
    assert "lampu.jpg" in page

    send(citizen, kept=kept, contact="0812 3456 7890")
    assert Evidence.objects.get().name == "lampu.jpg"


def test_a_kept_photo_is_left_out_when_its_tick_is_taken_away(citizen: Client, world: World) -> None:
    send(citizen, text="", photos=[photo()])

    send(citizen, kept=[])

    assert not Evidence.objects.exists()


@pytest.mark.parametrize("token", ["palsu", "a:b:c", "x" * 5000])
def test_a_forged_upload_token_names_no_file(citizen: Client, world: World, token: str) -> None:
    send(citizen, kept=[token])

    assert Report.objects.count() == 1
    assert not Evidence.objects.exists()


def test_the_receipt_is_for_this_browser_only_and_no_cache_keeps_it(citizen: Client, world: World) -> None:
    send(citizen)

    assert citizen.get("/lapor/terima-kasih/")["Cache-Control"] == "private, no-store"
    stranger = Client().get("/lapor/terima-kasih/")
    assert stranger["Location"] == "/lacak/"


def test_the_citizens_own_words_are_kept_as_they_were_typed(citizen: Client, world: World) -> None:
    said = "Kepada Yth. 👋\r\n\r\nلمبو mati, “gelap” sekali.\r\n\tTolong ya…"

    send(citizen, text=said)

    assert ReportText.objects.get().original == said.replace("\r\n", "\n")


def test_S72_the_institutions_host_name_chooses_it(citizen: Client, world: World, settings: Any) -> None:
    settings.ALLOWED_HOSTS = [".lapor.example"]

    page = citizen.get("/lapor/", headers={"host": "uji.lapor.example"})
    citizen.post("/lapor/", filled(agency="kota-uji"), headers={"host": "uji.lapor.example"})

    assert page.context["form"]["agency"].value() == "kota-uji"
    assert "Kota Uji" in page.content.decode()
    assert Report.objects.get().channel == "agency_web"


def test_S72_the_institutions_own_path_chooses_it_too(citizen: Client, world: World) -> None:
    page = citizen.get("/i/kota-uji/")

    assert 'name="agency" value="kota-uji"' in page.content.decode()
    assert citizen.get("/lapor/?instansi=kota-uji").context["form"]["agency"].value() == "kota-uji"
    assert citizen.get("/i/tidak-ada/").status_code == 404
