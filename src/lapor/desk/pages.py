"""Which page is for whom: one row per page, read by the views, the navigation and the tests alike."""

from __future__ import annotations

from lapor.sop.vocabulary import Role

ADMINS = frozenset({Role.NATIONAL_ADMIN, Role.AGENCY_ADMIN})
OFFICERS = ADMINS | {Role.LIAISON, Role.UNIT_OFFICER, Role.HEAD}
OVERSIGHT = frozenset({Role.OMBUDSMAN, Role.KSP, Role.PANRB, Role.INSPECTORATE})
EVERYBODY = OFFICERS | OVERSIGHT
RECORDERS = frozenset({Role.AGENCY_ADMIN, Role.LIAISON})

WITHOUT_SIGNING_IN = frozenset({"choose_password"})  # the invitation in the address is the authority

# What a page shows is limited further by the actor (lapor.reports.access and queries); this is the door only.
MAY_OPEN: dict[str, frozenset[Role]] = {
    "inbox": EVERYBODY,
    "roles": EVERYBODY,
    "messages": EVERYBODY,
    "case": EVERYBODY,
    "act": EVERYBODY,
    "wording": ADMINS,
    "examine": ADMINS,
    "deadline": EVERYBODY,
    "evidence": EVERYBODY,
    "identity": ADMINS | {Role.LIAISON},
    "letter": ADMINS,
    "manual": RECORDERS,
    "manual_receipt": RECORDERS,
    "breaches": EVERYBODY,
    "breach_export": EVERYBODY,
    "explain_breach": OFFICERS,
    "acknowledge_breach": ADMINS | {Role.HEAD},
    "steps": EVERYBODY,
    "step_export": EVERYBODY,
    "on_time": EVERYBODY,
    "closings": ADMINS,
    "comments": ADMINS,
    "ombudsman": frozenset({Role.OMBUDSMAN}),
    "head": frozenset({Role.HEAD}),
    "officers": ADMINS,
    "appoint": ADMINS,
    "decree": ADMINS,
    "absence": ADMINS,
    "hand_over": ADMINS,
    "invite": ADMINS,
    "calendar": EVERYBODY,
    "declare_holiday": ADMINS,
    "look": frozenset({Role.AGENCY_ADMIN}),
    "upkeep": frozenset({Role.NATIONAL_ADMIN}),
}
