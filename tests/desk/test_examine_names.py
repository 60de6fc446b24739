"""The verification screen tells SmartCase which villages and units there are, for one question to the database."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import Case
from tests.desk.conftest import SignIn
from tests.desk.test_examine import MOST_QUERIES, address, filled

from lapor.agencies.models import Agency, Place


def test_S44_names_of_the_own_villages_and_units_keep_their_capitals_for_one_query(case: Case, sits: SignIn) -> None:
    """ "Mulia" and "Karang" are ordinary words: only who knows the villages can tell."""
    Place.objects.create(code="52.71.09.1001", name="Karang Mulia", level="village")
    Agency.objects.filter(code="dinas-pupr").update(name="Dinas PUPR dan Permukiman")
    text = "LAMPU MATI DEKAT KARANG MULIA SUDAH DILAPORKAN KE DINAS PUPR DAN PERMUKIMAN TADI"
    case.is_submitted(text=text, title="Lampu mati")
    browser = sits("admin-kota")

    with CaptureQueriesContext(connection) as counted:
        page = browser.get(address(case)).text
    asked = [one["sql"] for one in counted.captured_queries]  # the next request empties the log
    every = browser.post(address(case), filled(case, text=text, smartcase="all")).text

    better = "Lampu mati dekat Karang Mulia sudah dilaporkan ke Dinas PUPR dan Permukiman tadi"
    assert better in every
    assert better in page
    assert sum("UPPER" in sql and "agencies_place" in sql for sql in asked) == 1
    assert len(asked) <= MOST_QUERIES
