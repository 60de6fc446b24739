"""Which page is for whom: one row per page, read by the views, the navigation and the tests alike."""

from __future__ import annotations

from lapor.sop.vocabulary import Role

ADMINS = frozenset({Role.NATIONAL_ADMIN, Role.AGENCY_ADMIN})
OFFICERS = ADMINS | {Role.LIAISON, Role.UNIT_OFFICER, Role.HEAD}
OVERSIGHT = frozenset({Role.OMBUDSMAN, Role.KSP, Role.PANRB, Role.INSPECTORATE})
EVERYBODY = OFFICERS | OVERSIGHT
WATCHERS = OVERSIGHT - {Role.OMBUDSMAN}  # the Ombudsman reads single cases, and no other ones' figures
SEE_ALL = frozenset({Role.NATIONAL_ADMIN, Role.KSP, Role.PANRB})
RECORDERS = frozenset({Role.AGENCY_ADMIN, Role.LIAISON})
ANSWERERS = RECORDERS  # who writes to the reporter in the unit's name or the institution's

WITHOUT_SIGNING_IN = frozenset({"choose_password"})  # the invitation in the address is the authority

# What a page shows is limited further by the actor (lapor.reports.access and queries); this is the door only.
MAY_OPEN: dict[str, frozenset[Role]] = {
    "inbox": EVERYBODY,
    "arrivals": EVERYBODY,
    "views": EVERYBODY,
    "next": OFFICERS,
    "bulk": OFFICERS,
    "bulk_result": OFFICERS,
    "reading": EVERYBODY,
    "roles": EVERYBODY,
    "messages": EVERYBODY,
    "case": EVERYBODY,
    "act": EVERYBODY,
    "answer_draft": ANSWERERS,
    "answer_preview": ANSWERERS,
    "answer_undo": ANSWERERS,
    "answer_drop": ANSWERERS,
    "mark_file": ADMINS | {Role.LIAISON},
    "summary": OFFICERS,
    "summary_pdf": OFFICERS,
    "task": frozenset({Role.UNIT_OFFICER, Role.HEAD}),
    "wording": ADMINS,
    "examine": ADMINS,
    "deadline": EVERYBODY,
    "evidence": EVERYBODY,
    "identity": ADMINS | {Role.LIAISON},
    "letter": ADMINS,
    "manual": RECORDERS,
    "manual_receipt": RECORDERS,
    "sheets": RECORDERS,
    "sheet": RECORDERS,
    "breaches": EVERYBODY,
    "breach_export": EVERYBODY,
    "explain_breach": OFFICERS,
    "acknowledge_breach": ADMINS | {Role.HEAD},
    "steps": EVERYBODY,
    "step_export": EVERYBODY,
    "on_time": EVERYBODY,
    "monthly": ADMINS | {Role.LIAISON, Role.HEAD} | WATCHERS,
    "monthly_export": ADMINS | {Role.LIAISON, Role.HEAD} | WATCHERS,
    "ringkas": ADMINS,
    "monthly_link": ADMINS | {Role.LIAISON, Role.HEAD} | WATCHERS,
    "league": SEE_ALL,
    "board": frozenset({Role.AGENCY_ADMIN, Role.INSPECTORATE}),
    "board_list": frozenset({Role.AGENCY_ADMIN, Role.INSPECTORATE}),
    "quality": frozenset({Role.AGENCY_ADMIN}),
    "quality_sample": frozenset({Role.AGENCY_ADMIN}),
    "quality_mark": frozenset({Role.AGENCY_ADMIN}),
    "arbitration": ADMINS,
    "closings": ADMINS,
    "comments": ADMINS,
    "incoming": ADMINS,
    "channels": frozenset({Role.NATIONAL_ADMIN}),
    "ombudsman": frozenset({Role.OMBUDSMAN}),
    "head": frozenset({Role.HEAD}),
    "officers": ADMINS,
    "appoint": ADMINS,
    "decree": ADMINS,
    "absence": ADMINS,
    "hand_over": ADMINS,
    "hand_work": ADMINS,
    "handed": OFFICERS,  # its receiver, and who manages the desk
    "end_seat": ADMINS,
    "move_open": frozenset({Role.AGENCY_ADMIN}),
    "invite": ADMINS,
    "calendar": EVERYBODY,
    "declare_holiday": ADMINS,
    "look": frozenset({Role.AGENCY_ADMIN}),
    "upkeep": frozenset({Role.NATIONAL_ADMIN}),
    "security": EVERYBODY,
    "security_app": EVERYBODY,
    "security_key": EVERYBODY,
    "decree_page": ADMINS,
    "decree_file": ADMINS,
    "units": ADMINS,
    "unit": ADMINS,
    "unmanned": ADMINS,
    "routing": ADMINS,
    "templates": ADMINS,
    "template": ADMINS,
    "categories": frozenset({Role.NATIONAL_ADMIN}),
    "category": frozenset({Role.NATIONAL_ADMIN}),
    "hours": ADMINS,
    "edit_hours": ADMINS,
    "tags": frozenset({Role.AGENCY_ADMIN}),
    "sop": ADMINS,
    "new_sop": ADMINS,
    "audit": ADMINS,
    "support": ADMINS,
    "support_visit": ADMINS,
    "support_end": ADMINS,
}
