"""M1, S27 to S34: how a complaint is managed from the national desk to its end."""

from __future__ import annotations

import itertools

import pytest
from tests.builders import Case
from tests.sop.days import on
from tests.stories.telling import breaches_of, refused, told_of, words_of

from lapor.reports.findings import Findings
from lapor.reports.models import Disposition, Response, Verification
from lapor.reports.refusals import DeskNotReceiving, InvalidInput, NotFound, NotPermitted, NotYourDesk
from lapor.reports.usecases import (
    accept,
    confirm,
    dispose,
    handle_here,
    redispose,
    reply,
    respond,
    return_,
    verify,
)
from lapor.sop.profile import shipped_profiles
from lapor.sop.vocabulary import Action, Clock, Holder, Status

GOOD = Findings(relevant=True, complete=True, clear=True)


@pytest.fixture
def unaddressed(case: Case) -> Case:
    """A report whose sender did not know whom to ask, with the national desk since Monday 2 March 2026."""
    return case.is_submitted(agency="")


@pytest.fixture
def followed_up(case: Case) -> Case:
    """A report that was followed up on Monday 2 March 2026; the reporter has the word."""
    return case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")


def test_S27_the_national_desk_verifies_and_disposes_to_an_institution(unaddressed: Case) -> None:
    assert unaddressed.holder == (Holder.NATIONAL, "nasional")
    assert unaddressed.due(Clock.VERIFY_NATIONAL) == on("Thu 5 Mar 2026")
    unaddressed.act(verify.verify_report, "admin-pusat", findings=GOOD)

    unaddressed.act(dispose.dispose_report, "admin-pusat", to="kota-uji", note="Jalan kota.")

    assert unaddressed.status == Status.UNVERIFIED
    assert unaddressed.holder == (Holder.AGENCY, "kota-uji")
    assert unaddressed.told == {"kota-uji", "reporter"}
    assert unaddressed.clock(Clock.VERIFY_NATIONAL).state == "met"
    assert Clock.VERIFY_AGENCY in unaddressed.running
    assert unaddressed.ledger[-1] == "S27 S8 dispose by national_admin"


def test_S27_in_the_city_s_own_sop_the_national_desk_has_a_target_of_one_and_a_limit_of_three_days(case: Case) -> None:
    case.is_submitted()
    case.act(return_.return_report, "admin-kota", competent_body="Pemerintah provinsi", why="Jalan provinsi.")

    clock = case.clock(Clock.VERIFY_NATIONAL)

    assert (clock.target, clock.limit) == (1, 3)
    assert case.due(Clock.VERIFY_NATIONAL) == on("Thu 5 Mar 2026")


@pytest.mark.parametrize("to", ["dinas-pupr", "bidang-bina-marga", "ombudsman", "tidak-ada"])
def test_S27_the_national_desk_disposes_to_institutions_only(unaddressed: Case, to: str) -> None:
    with refused(unaddressed, DeskNotReceiving):
        unaddressed.act(dispose.dispose_report, "admin-pusat", to=to)


def test_S28_each_lane_says_whether_detail_and_supporting_data_are_there(unaddressed: Case) -> None:
    thin = Findings(relevant=True, complete=False, clear=True, answers={"where": False, "what": True, "why": None})
    unaddressed.act(verify.verify_report, "admin-pusat", findings=thin)
    unaddressed.act(dispose.dispose_report, "admin-pusat", to="kota-uji")

    found = Verification.objects.get(report=unaddressed.report)
    assert (found.is_complete, found.answers) == (False, {"where": False, "what": True, "why": None})


def test_S29_the_institution_s_admin_disposes_to_a_liaison(case: Case) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA")
    assert case.due(Clock.DISPOSE_AGENCY) == on("Mon 9 Mar 2026")
    assert case.clock(Clock.DISPOSE_AGENCY).target == 3

    case.is_disposed(to="dinas-pupr")

    assert case.status == Status.DISPOSED
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"dinas-pupr", "reporter"}
    assert case.running >= {Clock.ACCEPT, Clock.FIRST_RESPONSE, Clock.SUBSTANTIVE, Clock.ESCALATION}
    assert {case.clock(clock).state for clock in (Clock.VERIFY_AGENCY, Clock.DISPOSE_AGENCY)} == {"met"}


def test_S29_the_admin_may_answer_itself(case: Case) -> None:
    case.is_submitted()
    case.act(handle_here.handle_report_here, "admin-kota", text="Kami tangani langsung di sekretariat.")

    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert case.told == {"reporter"}
    assert case.due(Clock.SUBSTANTIVE) == on("Fri 27 Mar 2026")
    case.is_followed_up(by="admin-kota")
    assert case.holder == (Holder.REPORTER, "")


@pytest.mark.parametrize("to", ["biro-layanan", "kota-uji", "bidang-bina-marga", "tidak-ada"])
def test_S29_an_institution_disposes_to_its_own_units_only(case: Case, to: str) -> None:
    case.is_submitted()

    with refused(case, DeskNotReceiving):
        case.act(dispose.dispose_report, "admin-kota", to=to)


@pytest.mark.parametrize(
    ("who", "why"), [("pp-pupr", NotFound), ("admin-lembaga", NotFound), ("admin-pusat", NotPermitted)]
)
def test_S29_nobody_else_disposes_what_lies_with_the_institution(case: Case, who: str, why: type) -> None:
    case.is_submitted()

    with refused(case, why):
        case.act(dispose.dispose_report, who, to="dinas-pupr")


def test_S30_what_is_not_the_institution_s_goes_back_to_the_national_desk_and_names_whose_it_is(case: Case) -> None:
    case.is_submitted()
    case.act(return_.return_report, "admin-kota", competent_body="Pemerintah provinsi", why="Jalan ini jalan provinsi.")

    assert case.status == Status.UNVERIFIED
    assert case.holder == (Holder.NATIONAL, "nasional")
    assert case.told == {"nasional", "reporter"}
    assert case.legs[-1].named_body == "Pemerintah provinsi"
    assert words_of(case)[-1][1:] == ("public", "Jalan ini jalan provinsi.")
    assert case.ledger[-1] == "S30 S55 return by agency_admin"
    assert Clock.VERIFY_AGENCY not in case.running


@pytest.mark.parametrize("nobody", ["", "   ", "\u200b"])
def test_S30_a_return_that_names_nobody_is_refused(case: Case, nobody: str) -> None:
    case.is_submitted()

    with refused(case, InvalidInput) as refusal:
        case.act(return_.return_report, "admin-kota", competent_body=nobody, why="Bukan kami.")
    assert refusal.value.field == "competent_body"


def test_S30_after_two_returns_the_national_desk_s_word_is_binding(case: Case) -> None:
    case.is_submitted()
    for _ in range(2):
        case.act(return_.return_report, "admin-kota", competent_body="Instansi lain", why="Bukan kami.")
        case.act(dispose.dispose_report, "admin-pusat", to="kota-uji")

    with refused(case, NotPermitted) as refusal:
        case.act(return_.return_report, "admin-kota", competent_body="Instansi lain", why="Tetap bukan kami.")
    assert "sudah dua kali dikembalikan" in str(refusal.value)
    case.is_disposed()


def test_S31_the_first_response_has_a_target_of_five_and_a_limit_of_ten_working_days(case: Case) -> None:
    case.is_disposed(on="Thu 12 Mar 2026 15:00 WITA")

    clock = case.clock(Clock.FIRST_RESPONSE)
    assert (clock.target, clock.limit) == (5, 10)
    assert case.due(Clock.FIRST_RESPONSE) == on("Thu 2 Apr 2026")  # Nyepi, Idul Fitri and cuti bersama skipped


def test_S31_given_on_the_last_evening_it_is_in_time_and_a_day_later_it_is_not(case: Case) -> None:
    case.is_disposed(on="Thu 12 Mar 2026 15:00 WITA")
    case.sweep("Thu 2 Apr 2026 23:59 WITA")
    assert (Clock.FIRST_RESPONSE, "dinas-pupr", on("Thu 2 Apr 2026")) not in breaches_of(case)

    case.sweep("Mon 6 Apr 2026 00:01 WITA")  # Friday is Wafat Yesus Kristus, then the weekend

    assert (Clock.FIRST_RESPONSE, "dinas-pupr", on("Thu 2 Apr 2026")) in breaches_of(case)


def test_S31_the_first_response_brings_the_report_into_progress(case: Case) -> None:
    case.is_disposed()
    case.act(respond.respond_first, "pp-pupr", text="Kami periksa lokasi besok pagi.")

    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"reporter"}
    assert words_of(case)[-1] == ("first_response", "public", "Kami periksa lokasi besok pagi.")
    assert Clock.FIRST_RESPONSE not in case.running
    with refused(case):  # there is only one first response
        case.act(respond.respond_first, "pp-pupr", text="Kami periksa lagi.")


def test_S31_the_admin_may_give_the_first_response_and_the_unit_keeps_the_report(case: Case) -> None:
    case.is_disposed()
    case.act(respond.respond_first, "admin-kota", text="Sudah kami teruskan ke dinas.")

    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"reporter", "dinas-pupr"}


def test_S32_what_is_not_the_unit_s_goes_back_to_the_institution_s_admin(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Wed 4 Mar 2026 10:00 WITA")
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Ini soal nyamuk.")

    assert case.status == Status.UNVERIFIED
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert case.told == {"kota-uji"}
    assert case.due(Clock.DISPOSE_AGENCY) == on("Wed 11 Mar 2026")
    assert words_of(case)[-1][1] == "officers"
    assert Clock.FIRST_RESPONSE not in case.running


def test_S32_while_it_lies_with_the_admin_again_the_unit_s_clock_stands_still(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    assert case.due(Clock.SUBSTANTIVE) == on("Fri 27 Mar 2026")
    case.on("Wed 4 Mar 2026 10:00 WITA")
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Ini soal nyamuk.")
    assert case.clock(Clock.SUBSTANTIVE).state == "paused"
    assert case.clock(Clock.ESCALATION).state == "running"  # the sixty days are the report's own

    case.is_disposed(to="dinas-kesehatan", on="Mon 9 Mar 2026 10:00 WITA")

    assert case.due(Clock.SUBSTANTIVE) == on("Wed 1 Apr 2026")  # three working days later, not a day more
    assert case.clock(Clock.SUBSTANTIVE).epoch == 1


def test_S32_a_report_bounces_twice_and_then_the_coordinator_decides(case: Case) -> None:
    case.is_disposed(to="dinas-pupr")
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Bukan jalan kami.")
    case.is_disposed(to="dinas-kesehatan")
    case.act(return_.return_report, "pp-kesehatan", competent_body="Dinas PUPR", why="Bukan urusan kesehatan.")
    case.is_disposed(to="dinas-pupr")

    with refused(case):
        case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Tetap bukan kami.")
    case.act(accept.accept_disposition, "pp-pupr")


def test_S33_silence_for_ten_working_days_closes_the_report(followed_up: Case) -> None:
    assert followed_up.holder == (Holder.REPORTER, "")
    assert followed_up.running == {Clock.SILENCE_REMINDER, Clock.SILENCE}
    assert followed_up.due(Clock.SILENCE) == on("Mon 16 Mar 2026")
    followed_up.sweep("Mon 16 Mar 2026 23:59 WITA")
    assert followed_up.status == Status.IN_PROGRESS

    followed_up.sweep("Tue 17 Mar 2026 00:05 WITA")

    assert followed_up.status == Status.CLOSED
    assert followed_up.holder == (Holder.NOBODY, "")
    assert followed_up.report.close_reason == "silence"
    assert followed_up.told == {"reporter", "dinas-pupr", "kota-uji"}
    assert followed_up.running == set()


def test_S33_the_reporter_is_reminded_three_working_days_before(followed_up: Case) -> None:
    followed_up.sweep("Wed 11 Mar 2026 23:59 WITA")
    assert told_of(followed_up, Action.REMIND_SILENCE) == set()

    followed_up.sweep("Thu 12 Mar 2026 00:05 WITA")

    assert told_of(followed_up, Action.REMIND_SILENCE) == {"reporter"}
    assert followed_up.status == Status.IN_PROGRESS


@pytest.mark.parametrize("speaks", [reply.reply, reply.object_])
def test_S33_a_reply_stops_the_silence_and_the_unit_has_the_word(followed_up: Case, speaks: object) -> None:
    followed_up.on("Fri 13 Mar 2026 09:00 WITA")
    followed_up.act(speaks, "reporter", text="Lubangnya masih ada di sisi timur.")

    assert followed_up.holder == (Holder.UNIT, "dinas-pupr")
    assert "dinas-pupr" in followed_up.told
    assert Clock.SILENCE not in followed_up.running
    assert followed_up.due(Clock.SUBSTANTIVE) == on("Fri 10 Apr 2026")
    followed_up.sweep("Tue 31 Mar 2026 00:05 WITA")
    assert followed_up.status == Status.IN_PROGRESS


def test_S33_silence_is_counted_from_the_newest_follow_up(followed_up: Case) -> None:
    followed_up.is_followed_up(on="Thu 12 Mar 2026 16:00 WITA")

    assert followed_up.due(Clock.SILENCE) == on("Thu 2 Apr 2026")
    followed_up.sweep("Tue 17 Mar 2026 00:05 WITA")
    assert followed_up.status == Status.IN_PROGRESS


def test_S33_a_first_response_alone_never_lets_a_report_lapse(case: Case) -> None:
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")

    case.sweep("Fri 24 Apr 2026 09:00 WITA")

    assert case.status == Status.IN_PROGRESS
    assert case.report.close_reason == ""


def test_S33_the_reporter_may_confirm_before(followed_up: Case) -> None:
    followed_up.act(confirm.confirm_done, "reporter", rating=5, text="Terima kasih.")

    assert (followed_up.status, followed_up.report.close_reason) == (Status.CLOSED, "confirmed")
    assert followed_up.told == {"dinas-pupr", "kota-uji"}


def test_S34_sixty_working_days_without_follow_up_reach_the_ombudsman(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    assert case.due(Clock.ESCALATION) == on("Wed 10 Jun 2026")
    case.sweep("Wed 10 Jun 2026 23:59 WITA")
    assert case.status == Status.DISPOSED

    case.sweep("Thu 11 Jun 2026 00:05 WITA")

    assert case.status == Status.ESCALATED
    assert case.holder == (Holder.OMBUDSMAN, "ombudsman")
    assert told_of(case, Action.ESCALATE) == {"ombudsman", "kota-uji", "dinas-pupr", "head of dinas-pupr", "reporter"}
    assert case.ledger[-1] == "S34 S70 escalate by clock"
    assert case.running == set()


def test_S34_a_follow_up_in_time_stops_the_sixty_days(followed_up: Case) -> None:
    assert followed_up.clock(Clock.ESCALATION).state == "met"
    followed_up.act(reply.object_, "reporter", text="Belum selesai.")

    followed_up.sweep("Thu 31 Dec 2026 09:00 WITA")

    assert followed_up.status == Status.IN_PROGRESS


def test_S34_neither_returns_nor_redisposition_keep_a_report_from_the_ombudsman(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Bukan jalan kami.")
    case.is_disposed(to="dinas-kesehatan", on="Mon 30 Mar 2026 09:00 WITA")
    case.act(redispose.redispose_report, "admin-kota", to="dinas-pupr", reason="change")

    assert case.due(Clock.ESCALATION) == on("Wed 10 Jun 2026")


def test_S34_a_report_that_nobody_ever_verified_is_escalated_too(case: Case) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA")

    case.sweep("Thu 11 Jun 2026 00:05 WITA")

    assert case.status == Status.ESCALATED


def test_the_custody_of_a_report_has_no_gap_and_no_overlap(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Wed 4 Mar 2026 10:00 WITA")
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Bukan jalan kami.")
    case.is_disposed(to="dinas-kesehatan", on="Fri 6 Mar 2026 11:00 WITA")

    ends = [(leg.started_at, leg.ended_at) for leg in case.legs]

    assert all(ended == began for (_, ended), (began, _) in itertools.pairwise(ends))
    assert ends[-1][1] is None
    assert [leg.net_days for leg in case.legs] == [0, 2, 2, None]  # the last one is counted when it ends
    assert Disposition.objects.filter(report=case.report).count() == 4
    assert Response.objects.filter(report=case.report).count() == 1


def test_S31_another_unit_does_not_see_the_report(case: Case) -> None:
    case.is_disposed()
    with refused(case, NotFound):
        case.act(respond.respond_first, "pp-kesehatan", text="Kami saja.")
    with refused(case, NotYourDesk):
        case.act(respond.respond_first, "panrb", text="Kami saja.")


def test_S34_all_three_profiles_escalate_after_sixty_days() -> None:
    today = on("Mon 2 Mar 2026")
    for code in shipped_profiles().codes:
        limit = shipped_profiles().in_force(code, today).limit(Clock.ESCALATION)
        assert limit is not None
        assert (limit.limit, limit.unit) == (60, "workdays")
