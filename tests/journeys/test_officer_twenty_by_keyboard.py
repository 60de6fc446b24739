"""An admin's morning: twenty reports verified and passed on without a mouse; seconds and keystrokes are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from time import monotonic

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.sitting import sit_down
from tests.journeys.test_every_page import LOOKS, Visit
from tests.journeys.test_officer_verify_to_close import browser_context_args

from lapor.agencies.models import Agency, Category, RoutingRule
from lapor.reports.models import Report, ReportText, TextEdit, Verification
from lapor.sop.vocabulary import Holder, Status

__all__ = ["browser_context_args"]

SEND = "Control+Enter"
SOUND = ["0", "d", SEND]  # all three boxes, the first suggestion, send


@dataclass(frozen=True)
class Told:
    """What somebody wrote, what the admin does about it (a key, or words typed after "="), and where it ends."""

    title: str
    text: str
    keys: list[str]
    status: Status = Status.DISPOSED
    unit: str = "dinas-pupr"


TWENTY = [
    Told(
        "Jalan berlubang dekat pasar",
        "Jalan di depan pasar berlubang besar sejak Februari, dua motor sudah jatuh.",
        SOUND,
    ),
    Told(
        "Aspal terkelupas", "Aspal di tanjakan Jalan Merpati terkelupas setelah hujan pekan lalu, licin sekali.", SOUND
    ),
    Told(
        "Antrean puskesmas",
        "Antrean loket puskesmas mulai jam 5 pagi, lansia menunggu sampai siang tanpa kursi.",
        SOUND,
        unit="dinas-kesehatan",
    ),
    Told(
        "JALAN RUSAK PARAH",
        "JALAN DI DEPAN SEKOLAH BERLUBANG SANGAT DALAM. ANAK SAYA TIDAK BISA LEWAT.",
        ["s", "!kata", *SOUND],
    ),
    Told("Jembatan goyang", "Papan jembatan gantung menuju sawah lepas tiga lembar, warga takut menyeberang.", SOUND),
    Told("Lampu mati", "Lampu mati, tolong.", ["q", SEND], Status.PENDING, ""),
    Told(
        "Obat habis",
        "Obat darah tinggi di puskesmas habis dua minggu ini, kami disuruh beli sendiri.",
        SOUND,
        unit="dinas-kesehatan",
    ),
    Told("Trotoar ambruk", "Trotoar ambruk ke selokan di samping kantor pos, pejalan kaki turun ke jalan.", SOUND),
    Told(
        "Listrik sering padam",
        "Listrik PLN padam tiap malam di kampung kami, mohon diperiksa gardunya.",
        ["1", "3", "b", "Tab", "=Urusan PLN.", SEND],
        Status.UNVERIFIED,
        "",
    ),
    Told("Selokan mampet", "Selokan mampet penuh endapan, tiap hujan air masuk ke rumah kami.", SOUND),
    Told(
        "Usul taman",
        "Saya usul agar kota ini punya lebih banyak taman bermain untuk anak-anak.",
        ["1", "r", "ArrowDown", SEND],
        Status.ARCHIVED,
        "",
    ),
    Told(
        "Dokter tidak ada",
        "Dokter gigi di puskesmas tidak pernah datang hari Sabtu padahal jadwalnya ada.",
        SOUND,
        unit="dinas-kesehatan",
    ),
    Told("Jalan amblas", "Jalan amblas sedalam lutut di tikungan dekat balai warga sejak Senin.", SOUND),
    Told("Gorong-gorong pecah", "Gorong-gorong pecah tertabrak truk, air meluap ke jalan sampai sekarang.", SOUND),
    Told(
        "Jln rusak",
        "Jln ke kebun kami rusak parah, tdk bisa dilewati truk hasil panen.",
        [
            "e",
            "Control+a",
            "=Jalan ke kebun kami rusak parah, tidak bisa dilewati truk hasil panen.",
            "Escape",
            "!alasan",
            "ArrowDown",
            "Escape",
            "0",
            "u",
            "=pu",
            SEND,
        ],
    ),
    Told(
        "Fogging",
        "Sudah tiga anak di gang kami kena demam berdarah, mohon segera fogging.",
        ["0", "u", "=kesehatan", SEND],
        unit="dinas-kesehatan",
    ),
    Told(
        "Pohon di kabel",
        "Dahan pohon menyentuh kabel di depan kantor camat, mohon dipangkas sebelum roboh.",
        ["0", "u", "=pu", SEND],
    ),
    Told(
        "Jadwal layanan",
        "Jam berapa kantor wali kota menerima warga yang ingin bertanya tentang perizinan?",
        ["0", "h", "=Senin sampai Jumat, pukul 8 sampai 15.", SEND],
        Status.IN_PROGRESS,
        "",
    ),
    Told(
        "Drainase perumahan", "Drainase perumahan tidak tersambung ke saluran kota, genangan sampai tiga hari.", SOUND
    ),
    Told("Lubang di jembatan", "Ada lubang di lantai jembatan beton, besi tulangannya sudah kelihatan.", SOUND),
]


@pytest.fixture
def pile(world: World) -> list[Case]:
    """Twenty reports of the city, in the order in which they are due, and the rules that say whose they are."""
    roads, health = world.agency("dinas-pupr"), world.agency("dinas-kesehatan")
    roads.name, roads.short_name = "Dinas Pekerjaan Umum dan Penataan Ruang", "Dinas PUPR"
    roads.save()
    for n in range(8):  # a list long enough to be searched
        Agency.objects.create(
            code=f"dinas-lain-{n}", name=f"Dinas Lain {n}", kind="unit", calendar=roads.calendar,
            parent=roads.parent, institution=roads.institution, profile=roads.profile,
        )  # fmt: skip
    for category, unit in (("jalan", roads), ("kesehatan", health)):
        RoutingRule.objects.create(
            institution=world.agency("kota-uji"), category=Category.objects.get(code=category), unit=unit
        )
    return [Case(world).is_submitted(title=told.title, text=told.text) for told in TWENTY]


class Hands:
    """Only the keyboard, and a count of what it does."""

    def __init__(self, page: Page) -> None:
        self.page, self.strokes = page, 0

    def do(self, key: str) -> None:
        """Press a key, type the words after "=", or wait for what "!" names: the eye needs no key for it."""
        if key == "!kata":
            expect(self.page.locator(".exam-edit")).to_have_count(0)
        elif key == "!alasan":
            self.reach("reason")
        elif key.startswith("="):
            self.strokes += len(key) - 1
            self.page.keyboard.type(key[1:])
        else:
            self.strokes += 1
            self.page.keyboard.press(key)

    def reach(self, name: str) -> None:
        """Go on with Tab to the field of this name, opening what is folded on the way."""
        self.do("e")
        for _ in range(12):
            if self.page.evaluate("document.activeElement.name") == name:
                return
            if self.page.evaluate(
                "document.activeElement.matches('summary') && !document.activeElement.parentElement.open"
            ):
                self.do("Enter")
            self.do("Tab")
        raise AssertionError(f"Tab never reaches {name}")


def test_twenty_reports_are_verified_by_keyboard_alone(
    page: Page, live_server: LiveServer, world: World, pile: list[Case]
) -> None:
    sit_down(page, live_server, world, "admin-kota")
    hands, seconds = Hands(page), []
    page.goto(f"{live_server.url}/meja/laporan/{pile[0].number}/periksa/")

    for case, told in zip(pile, TWENTY, strict=True):
        expect(page.get_by_role("heading", level=1)).to_have_text(told.title)
        started = monotonic()
        for key in told.keys:
            hands.do(key)
        page.wait_for_url(re.compile(f"^(?!.*{case.number}/)"))
        seconds.append(monotonic() - started)
    expect(page.get_by_role("status").last).to_contain_text("didisposisikan")

    seen = [(case.status, case.report.unit.code if case.report.unit else "") for case in pile]
    assert seen == [(told.status, told.unit) for told in TWENTY]
    assert pile[8].holder[0] == Holder.NATIONAL
    assert Verification.objects.count() == len(TWENTY)
    assert [edit.reason for edit in TextEdit.objects.order_by("id")] == ["smartcase", "abbreviations"]
    loud = ReportText.objects.get(report=pile[3].report)
    assert loud.published == "Jalan di depan sekolah berlubang sangat dalam. Anak saya tidak bisa lewat."
    assert loud.original == TWENTY[3].text
    print(  # noqa: T201 - what the journey is for
        f"\n{len(TWENTY)} reports by keyboard: {hands.strokes} keystrokes, "
        f"{sum(seconds) / len(seconds):.1f} s each of machine time (slowest {max(seconds):.1f} s)"
    )


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_screen_is_accessible_fits_and_is_quiet(
    page: Page, live_server: LiveServer, world: World, pile: list[Case], language: str, scheme: str, width: int
) -> None:
    sit_down(page, live_server, world, "admin-kota")
    context = page.context
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    visit = Visit(context, live_server.url)
    # So tall that nothing lies below the phone's bar: axe takes what is scrolled under it for too small.
    visit.page.set_viewport_size({"width": width, "height": 6_000})
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

    visit.open(f"/meja/laporan/{pile[3].number}/periksa/")
    for key in ("d", "h", "q", "b", "r"):
        visit.page.evaluate("document.activeElement.blur()")
        visit.page.keyboard.press(key)
        visit.look_at(key)
    visit.page.keyboard.press(SEND)
    visit.page.wait_for_selector(".error-summary")
    visit.look_at("refused")

    assert visit.wrong == {}


def test_nothing_is_lost_when_it_is_refused(
    page: Page, live_server: LiveServer, world: World, pile: list[Case]
) -> None:
    sit_down(page, live_server, world, "admin-kota")
    page.goto(f"{live_server.url}/meja/laporan/{pile[0].number}/periksa/")

    page.keyboard.press("d")
    page.get_by_label("Pengantar").fill("Mohon segera.")
    page.keyboard.press(SEND)

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Pengantar")).to_have_value("Mohon segera.")
    assert Report.objects.get(code=pile[0].code).status == Status.UNVERIFIED


def test_the_hand_goes_on_to_the_next_proposal_and_then_to_the_card(
    page: Page, live_server: LiveServer, world: World
) -> None:
    case = Case(world).is_submitted(title="Jalan rusak", text="Jln rusak, tdk bisa dilewati. Mohon perhatian!!!")
    sit_down(page, live_server, world, "admin-kota")
    page.goto(f"{live_server.url}/meja/laporan/{case.number}/periksa/")
    proposals = page.locator(".exam-edit")
    left = proposals.count()
    assert left >= 2

    proposals.first.focus()
    while left:
        page.keyboard.press("Enter")
        left -= 1
        expect(proposals).to_have_count(left)
        expect(proposals.first if left else page.locator("#kata")).to_be_focused()

    expect(page.locator("#kata textarea").first).to_have_value("Jalan rusak, tidak bisa dilewati. Mohon perhatian!")
