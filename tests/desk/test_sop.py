"""SOP profiles at the desk: what is in force, a new version with its first day, and what the law forbids (S83)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn, account_of
from tests.sop.days import at

from lapor.agencies.models import Agency, ProfileVersion
from lapor.agencies.queries import profiles
from lapor.agencies.refusals import NotAnSop, NotYours, SopMovedOn, SopWaits
from lapor.agencies.usecases.sop_profiles import SopDraft, follow_again, make_version
from lapor.desk.forms.sop import field_name
from lapor.kernel.actor import Actor
from lapor.kernel.models import Deed
from lapor.sop.profile import shipped_profiles
from lapor.sop.profile_revision import numbers_of
from lapor.sop.profile_text import written
from lapor.sop.vocabulary import Classification, Clock

SOP, NEW = "/meja/sop/", "/meja/sop/baru/"
FIRST = (Clock.FIRST_RESPONSE, None)
MATARAM = shipped_profiles().get("kota-mataram", "2023")
FOLLOW = {"do": "follow", "effective": "2026-03-30"}
SEVEN = {"first_response--limit": 7}
DOCUMENT = {
    "effective": "2026-03-16",
    "number": "Peraturan Wali Kota Nomor 5 Tahun 2026",
    "signed_on": "2026-02-27",
    "approver": "Wali Kota Uji",
    "legal_basis": "Undang-Undang Nomor 25 Tahun 2009\n\nPeraturan Daerah Nomor 1 Tahun 2026",
}


def said(**changes: Any) -> dict[str, Any]:
    """Return a whole form: the numbers in force, the first response in 8 days, and what `changes` says."""
    numbers = {
        field_name(key, which): value
        for key, pair in numbers_of(MATARAM).items()
        for which, value in zip(("target", "limit"), pair, strict=True)
        if value is not None
    }
    return {**DOCUMENT, **numbers, "first_response--limit": 8, "base": "2023", "do": "keep", **changes}


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Forget versions of another test's database."""
    profiles.made.cache_clear()


def test_S83_the_page_shows_what_is_in_force_and_which_rule_it_follows(world: World, sits: SignIn) -> None:
    page = sits("admin-kota").get(SOP)

    assert page.context["found"].in_force.profile == MATARAM
    for words in (
        "SOP LAPOR! Pemerintah Kota Mataram",
        "000.8.3.3/281",
        "target 5, paling lama 10 hari kerja",
        "(S31)",
    ):
        assert words in page.text


def test_S83_a_new_version_is_looked_at_first_and_changes_nothing_before_its_day(case: Case, sits: SignIn) -> None:
    browser = sits("admin-kota")
    before = case.is_submitted().report

    looked = browser.post(NEW, said(do="look"))
    assert [one.key for one in looked.context["changes"]] == [FIRST]
    assert not ProfileVersion.objects.exists()
    assert browser.post(NEW, said()).status_code == 302

    city = Agency.objects.get(code="kota-uji")
    assert profiles.in_force(city, date(2026, 3, 15)).version == "2023"
    new = profiles.in_force(city, date(2026, 3, 16))
    assert (new.version, new.limit(Clock.FIRST_RESPONSE)) == ("2026-03-16", new.clocks[FIRST])
    assert new.clocks[FIRST].limit == 8
    assert "menunggu" in browser.get(SOP).text.casefold()
    with time_machine.travel(at("Mon 16 Mar 2026 09:00 WITA"), tick=False):
        later = Case(case.world, "Mon 16 Mar 2026 09:00 WITA").is_submitted().report
        assert sits("admin-kota").get(SOP).context["found"].in_force.profile == new
    before.refresh_from_db()
    assert [one.profile_version for one in (before, later)] == ["2023", "2026-03-16"]
    assert Deed.objects.get(action="profile_chosen").account == account_of(case.world, "admin-kota").pk


def test_S83_clocks_armed_before_keep_their_limit_and_later_ones_have_the_new(case: Case, sits: SignIn) -> None:
    case.is_submitted(on="Fri 13 Mar 2026 09:00 WITA")
    with time_machine.travel(at("Fri 13 Mar 2026 10:00 WITA"), tick=False):
        sits("admin-kota").post(NEW, said())

    case.is_disposed(on="Mon 16 Mar 2026 10:00 WITA")
    later = Case(case.world, "Mon 16 Mar 2026 10:00 WITA").is_disposed()

    assert (case.clock(Clock.FIRST_RESPONSE).limit, later.clock(Clock.FIRST_RESPONSE).limit) == (10, 8)


def test_other_institutions_of_the_same_profile_keep_it(world: World, sits: SignIn) -> None:
    sits("admin-kota").post(NEW, said())

    other = Agency.objects.exclude(code="kota-uji").filter(profile="kota-mataram", kind="institution").first()
    assert other is not None
    assert profiles.in_force(other, date(2026, 6, 1)) == MATARAM
    unit = Agency.objects.get(code="dinas-pupr")
    assert profiles.in_force(unit, date(2026, 6, 1)).version == "2026-03-16"


def test_the_national_desk_revises_what_many_follow_and_the_public_page_follows(
    world: World, sits: SignIn, client: Client
) -> None:
    browser = sits("admin-pusat")
    shown = f"{NEW}?instansi=nasional&profil=kota-mataram"

    assert browser.post(shown, said(**{"first_response--limit": 7})).status_code == 302

    with time_machine.travel(at("Mon 16 Mar 2026 00:01 WIB"), tick=False):
        mataram = next(one for one in client.get("/sop/").context["profiles"] if one.code == "kota-mataram")
        assert mataram.clocks[FIRST].limit == 7
        assert profiles.in_force(world.agency("kota-uji"), date(2026, 3, 16)) == mataram
        assert "paling lama 7 hari kerja" in client.get("/sop/").text


def test_the_public_page_shows_the_own_sop_of_the_institution_asked_for(
    world: World, sits: SignIn, client: Client
) -> None:
    sits("admin-kota").post(NEW, said())

    with time_machine.travel(at("Mon 16 Mar 2026 09:00 WITA"), tick=False):
        own = client.get("/sop/?instansi=kota-uji").context["profiles"][0]
        assert own == profiles.in_force(world.agency("kota-uji"), date(2026, 3, 16))
        assert own.code not in {one.code for one in client.get("/sop/").context["profiles"]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_response--limit": 11}, "(S31)"),
        ({"verify_agency--limit": 4}, "(S35)"),
        ({"substantive-complaint-limit": 15}, "(PermenPANRB 62/2018)"),
        ({"silence--limit": 9}, "(S33)"),
        ({"escalation--limit": 61}, "(S34)"),
        ({"first_response--target": 9}, "target"),
        ({"first_response--limit": ""}, "tidak boleh kosong"),
        ({"first_response--limit": "0"}, "1"),
        ({"first_response--limit": "delapan"}, "angka"),
        ({"consent--limit": 60}, "60"),
        ({"first_response--limit": 10}, "Tidak ada yang berbeda"),
        ({"effective": "2026-03-02"}, "setelah hari ini"),
        ({"effective": "2026-02-02"}, "setelah hari ini"),
        ({"effective": "2026-03-14"}, "bukan hari kerja"),
        ({"effective": "2026-03-19"}, "bukan hari kerja"),  # Nyepi
        ({"effective": "2099-03-16"}, "Kalender"),
        ({"signed_on": "2026-03-03"}, "belum tiba"),
        ({"number": " "}, "tidak boleh kosong"),
        ({"legal_basis": "\n"}, "tidak boleh kosong"),
    ],
)
def test_what_cannot_stand_is_refused_by_name_and_nothing_is_kept(
    world: World, sits: SignIn, changes: dict[str, Any], words: str
) -> None:
    for does in ("look", "keep"):
        answer = sits("admin-kota").post(NEW, said(do=does, **changes))

        assert answer.status_code == 422
        assert words.casefold() in " ".join(str(answer.context["form"].errors).split()).casefold()
    assert not ProfileVersion.objects.exists()


def test_only_one_version_waits_and_it_can_be_taken_back_until_its_day(world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    browser.post(NEW, said())

    assert browser.post(NEW, said(effective="2026-03-17")).status_code == 409
    assert browser.post(SOP, {"version": "2026-03-16"}).status_code == 302
    assert profiles.in_force(world.agency("kota-uji"), date(2026, 3, 16)) == MATARAM
    assert browser.post(SOP, {"version": "2026-03-16"}).status_code == 404
    assert browser.post(NEW, said()).status_code == 302
    with time_machine.travel(at("Mon 16 Mar 2026 00:00 WITA"), tick=False):
        assert sits("admin-kota").post(SOP, {"version": "2026-03-16"}).status_code == 409
    assert [deed.about for deed in Deed.objects.filter(action="profile_chosen").order_by("pk")][1].endswith("ditarik")


def test_S83_an_institution_goes_back_to_the_shared_profile_from_a_day_on_and_follows_it_again(
    case: Case, world: World, sits: SignIn
) -> None:
    city, browser = world.agency("kota-uji"), sits("admin-kota")
    assert "Ikuti lagi profil bersama" not in browser.get(SOP).text  # nothing to go back from
    browser.post(NEW, said())
    with time_machine.travel(at("Tue 17 Mar 2026 09:00 WITA"), tick=False):
        browser = sits("admin-kota")
        case.on("Tue 17 Mar 2026 09:00 WITA").is_submitted()
        assert "Ikuti lagi profil bersama" in browser.get(SOP).text

        assert browser.post(SOP, FOLLOW | {"effective": "2026-03-16"}).status_code == 422
        assert browser.post(SOP, FOLLOW | {"effective": "2026-03-28"}).status_code == 422
        assert browser.post(SOP, FOLLOW).status_code == 302
        assert "Kembali mengikuti “SOP LAPOR! Pemerintah Kota Mataram”" in browser.get(SOP).text
        assert browser.post(NEW, said(effective="2026-04-01", base="2026-03-16")).status_code == 409  # one waits
        assert profiles.in_force(city, date(2026, 3, 29)).clocks[FIRST].limit == 8
        assert profiles.in_force(city, date(2026, 3, 30)) == MATARAM
        sits("admin-pusat").post(NEW + "?instansi=nasional&profil=kota-mataram", said(effective="2026-04-06", **SEVEN))
        assert profiles.in_force(city, date(2026, 4, 6)).clocks[FIRST].limit == 7
    with time_machine.travel(at("Mon 30 Mar 2026 09:00 WITA"), tick=False):
        page = sits("admin-kota").get(SOP).text
        assert "Senin, 30 Maret 2026" in page
        assert "SOP LAPOR! Kota Uji" in page.split("Versi terdahulu")[1]
        assert case.report.profile_version == "2026-03-16"  # what began under it keeps it
        assert sits("admin-kota").post(NEW, said(effective="2026-04-02")).status_code == 409  # the shared one waits
    assert [deed.about for deed in Deed.objects.filter(action="profile_chosen").order_by("pk")][1].startswith("Kembali")


def test_going_back_can_be_taken_back_before_its_day_and_needs_an_sop_of_ones_own(world: World, sits: SignIn) -> None:
    assert sits("admin-kota").post(SOP, FOLLOW).status_code == 409
    sits("admin-kota").post(NEW, said())
    with time_machine.travel(at("Tue 17 Mar 2026 09:00 WITA"), tick=False):
        browser = sits("admin-kota")
        browser.post(SOP, FOLLOW)

        assert browser.post(SOP, {"version": "2026-03-30"}).status_code == 302

        assert profiles.in_force(world.agency("kota-uji"), date(2026, 3, 30)).clocks[FIRST].limit == 8
        assert browser.post(SOP, FOLLOW).status_code == 302  # and may be asked for again
        by: dict[str, Any] = {
            "institution": "kota-uji",
            "effective": date(2026, 4, 1),
            "now": at("Tue 17 Mar 2026 09:00 WITA"),
        }
        for who in ("admin-lembaga", "pp-pupr"):
            with pytest.raises(NotYours):
                follow_again(actor=world[who], **by)


def test_a_shared_version_is_not_taken_back_once_it_holds_in_the_east(world: World, sits: SignIn) -> None:
    browser, here = sits("admin-pusat"), "?instansi=nasional&profil=kota-mataram"
    browser.post(NEW + here, said())

    with time_machine.travel(at("Sun 15 Mar 2026 23:00 WIB"), tick=False):  # Monday in Jayapura
        assert sits("admin-pusat").post(SOP + here, {"version": "2026-03-16"}).status_code == 409


def test_a_stale_page_does_not_undo_what_came_meanwhile(world: World, sits: SignIn) -> None:
    answer = sits("admin-kota").post(NEW, said(base="2015"))

    assert answer.status_code == 409
    assert not ProfileVersion.objects.exists()
    assert answer.context["form"].data["number"] == DOCUMENT["number"]


@pytest.mark.parametrize("who", ["pp-pupr", "pimpinan-pupr", "petugas-bina-marga", "ombudsman", "inspektorat"])
def test_only_admins_open_the_page(world: World, sits: SignIn, who: str) -> None:
    assert sits(who).get(SOP).status_code == 403
    assert sits(who).post(NEW, said()).status_code == 403
    assert not ProfileVersion.objects.exists()


def test_nobody_revises_the_sop_of_another_or_of_all(world: World, sits: SignIn) -> None:
    browser = sits("admin-lembaga")

    assert browser.get(f"{SOP}?instansi=kota-uji").context["home"].code == "lembaga-uji"
    numbers = {key: pair if key != FIRST else (5, 8) for key, pair in numbers_of(MATARAM).items()}
    draft = SopDraft(date(2026, 3, 16), "5", "Wali Kota", date(2026, 2, 27), "UU 25/2009", numbers)
    for institution, shared in (("kota-uji", ""), ("nasional", "nasional"), ("lembaga-uji", "nasional")):
        with pytest.raises(NotYours):
            make_version(
                institution=institution,
                shared=shared,
                draft=draft,
                base="2023",
                actor=world["admin-lembaga"],
                now=at(NOW),
            )
    assert not ProfileVersion.objects.exists()


def test_the_use_case_refuses_by_itself_what_the_form_would(world: World) -> None:
    def made(actor: Actor, **numbers: Any) -> ProfileVersion:
        known = {**numbers_of(MATARAM), FIRST: (5, 8), (Clock.HEAD, None): numbers.get("head", (5, 10))}
        draft = SopDraft(date(2026, 3, 16), "5", "Wali Kota", date(2026, 2, 27), "UU 25/2009", known)
        return make_version(
            institution="kota-uji", draft=draft, base=numbers.get("base", "2023"), actor=actor, now=at(NOW)
        )

    with pytest.raises(NotAnSop, match="S64"):
        made(world["admin-kota"], head=(5, 11))
    with pytest.raises(NotAnSop):
        made(world["admin-kota"], head=(None, None))
    with pytest.raises(SopMovedOn):
        made(world["admin-kota"], base="2024")
    row = made(world["admin-kota"])
    with pytest.raises(SopWaits):
        made(world["admin-kota"])
    assert profiles.read(row).limit(Clock.SUBSTANTIVE, Classification.COMPLAINT) == MATARAM.limit(
        Clock.SUBSTANTIVE, Classification.COMPLAINT
    )


def test_the_page_asks_no_more_queries_for_many_versions(world: World, sits: SignIn) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(SOP).status_code == 200
        return len(counted)

    browser, city = sits("admin-kota"), world.agency("kota-uji")
    browser.get(SOP)
    few = queries()
    text = written(MATARAM).replace('"kota-mataram"', f'"{profiles.own_code(city.pk)}"')
    for year in range(2000, 2020):
        day = date(year, 6, 1)
        changed = text.replace('"2023"', f'"{day}"').replace("2023-02-03", str(day)).replace("2021-02-01", "1999-01-01")
        ProfileVersion.objects.create(
            institution=city,
            code=profiles.own_code(city.pk),
            version=str(day),
            effective=day,
            text=changed,
            made_at=at(NOW),
        )
    browser.get(SOP)

    assert queries() == few <= 12
    assert len(browser.get(SOP).context["found"].past) == 19
