"""Ready texts: whose they are, in which order they are offered, and that no field is sent unfilled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.agencies.people import appointed, office, person, unit_of
from tests.sop.days import at

from lapor.agencies.blanks import FieldLeftEmpty, blanks, check_filled
from lapor.agencies.models import Agency, Category, Template
from lapor.agencies.queries.templates import templates_for, templates_of
from lapor.agencies.refusals import NotYours, TemplateKnown, UnknownTemplate
from lapor.agencies.usecases.templates import keep_template
from lapor.kernel.actor import Actor
from lapor.kernel.errors import InvalidInput
from lapor.kernel.models import Deed
from lapor.sop.vocabulary import Role

pytestmark = pytest.mark.django_db
NOW = at("Mon 10 Mar 2025 09:00 WITA")
NATIONAL = Actor(Role.NATIONAL_ADMIN)
TEXT = "Lubang di {{ nama jalan }} ditutup pada {{ tanggal }}. Petugas: {{ nama jalan }}."


@pytest.fixture
def city() -> Agency:
    return office()


@pytest.fixture
def admin(city: Agency) -> Actor:
    seat = appointed(person("Rudi Peraga"), city, Role.AGENCY_ADMIN)
    return Actor(Role.AGENCY_ADMIN, desk=city.pk, appointment=seat.pk, account=seat.account_id)


def kept(actor: Actor, now: datetime = NOW, **said: Any) -> Template:
    typed = {"institution": "kota-contoh", "kind": "follow_up", "name": "Selesai", "text": TEXT, **said}
    return keep_template(**typed, actor=actor, now=now)


def test_each_field_is_named_once_in_the_order_of_the_text() -> None:
    assert blanks(TEXT) == ["nama jalan", "tanggal"]
    assert blanks("Tanpa isian.") == []


def test_what_letters_leave_open_is_a_blank_too() -> None:
    assert blanks("Ditutup [tanggal] oleh {{ tim }} di [ nama  jalan ].") == ["tanggal", "tim", "nama jalan"]
    assert blanks("Pada [...], nomor ____ di [ ].") == ["[...]", "____", "[ ]"]
    assert blanks("Lihat foto [1], [2, 3] dan pasal 4 (sic), a_b.") == []


@pytest.mark.parametrize(
    "text",
    [TEXT, "Sudah {{tanggal}}", "Sudah {{", "Sudah }} selesai", "{{ }}", "Sudah [tanggal]", "Sudah [...]", "Jam ____"],
)
def test_a_text_with_a_field_left_is_refused_by_name(text: str) -> None:
    with pytest.raises(FieldLeftEmpty) as refused:
        check_filled(text)

    assert refused.value.field == "text"
    if text == TEXT:
        assert "nama jalan" in str(refused.value.sentence)


def test_a_filled_text_passes_also_with_single_braces() -> None:
    check_filled("Lubang di Jalan Contoh ditutup pada 3 Maret {lihat foto}.")


def test_an_officer_is_offered_the_own_institutions_texts_and_those_for_all(city: Agency, admin: Actor) -> None:
    category = Category.objects.first()
    assert category is not None
    office("kota-lain")
    kept(admin, name="Umum kota")
    kept(admin, name="Untuk kategori", category=category.code)
    kept(admin, name="Tidak dipakai", is_active=False)
    kept(admin, name="Pertanyaan", kind="question", text="Di mana {{ tempat }}?")
    kept(NATIONAL, institution="nasional", name="Umum nasional")
    kept(NATIONAL, institution="kota-lain", name="Milik kota lain")
    liaison = Actor(Role.LIAISON, desk=unit_of(city).pk, appointment=1, account=1)

    here = [one.name for one in templates_for(liaison, "follow_up", category_id=category.pk)]
    elsewhere = [one.name for one in templates_for(liaison, "follow_up")]

    assert here == ["Untuk kategori", "Umum kota", "Umum nasional"]
    assert elsewhere == ["Umum kota", "Umum nasional"]
    assert [one.name for one in templates_of(city.pk)] == [
        "Tidak dipakai", "Umum kota", "Untuk kategori", "Pertanyaan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"kind": "apa saja"}, InvalidInput, "kind"),
        ({"name": " "}, InvalidInput, "name"),
        ({"text": " "}, InvalidInput, "text"),
        ({"text": "x" * 5001}, InvalidInput, "text"),
        ({"text": "Pada {{ }} selesai"}, FieldLeftEmpty, "text"),
        ({"text": "Pada {{ tanggal selesai"}, FieldLeftEmpty, "text"),
        ({"text": "Pada [...] selesai"}, FieldLeftEmpty, "text"),
        ({"category": "tidak-ada"}, InvalidInput, "category"),
        ({"template": 0}, UnknownTemplate, "template"),
        ({"institution": "kota-mataram"}, NotYours, ""),
        ({"institution": "nasional"}, NotYours, ""),
    ],
)
def test_a_text_is_refused_at_the_field_at_fault_and_nothing_is_kept(
    admin: Actor, changes: dict[str, Any], refusal: type[Exception], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        kept(admin, **changes)

    assert refused.value.field == field  # type: ignore[attr-defined]
    assert not Template.objects.exists()
    assert not Deed.objects.exists()


def test_a_changed_text_keeps_its_place_and_the_change_is_on_record(admin: Actor) -> None:
    first = kept(admin)
    with pytest.raises(TemplateKnown):
        kept(admin, name="Selesai")

    kept(admin, template=first.pk, name="Selesai diperbaiki", text="Selesai pada {{ tanggal }}.")

    assert Template.objects.get().name == "Selesai diperbaiki"
    assert list(Deed.objects.values_list("action", "account")) == [("template_kept", admin.account)] * 2
