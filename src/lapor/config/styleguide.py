"""All components on one page per face, to be looked at: /_styleguide/ in a demo or with LAPOR_DEBUG, nowhere else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lapor.config import styleguide_examples as examples
from lapor.sop.vocabulary import Action, Classification, Status


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(max_length=100, help_text="Satu kalimat: apa yang terjadi dan di mana.", label="Judul")
    text = forms.CharField(
        label="Isi laporan",
        max_length=2000,
        help_text="Ceritakan apa, kapan, di mana, siapa, mengapa dan bagaimana.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(
        label="Jenis laporan",
        choices=[(str(one), one.id) for one in Classification],
        widget=forms.RadioSelect,
        initial=str(Classification.COMPLAINT),
    )
    agency = forms.ChoiceField(
        label="Instansi tujuan",
        required=False,
        help_text="Tidak tahu? Biarkan kosong, kami yang mencarikan.",
        choices=[("", "Saya tidak tahu"), ("dlh", "Dinas Lingkungan Hidup")],
    )
    day = forms.DateField(label="Tanggal kejadian", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    secret = forms.BooleanField(
        label="Rahasiakan laporan ini", required=False, help_text="Hanya petugas yang menanganinya dapat membacanya."
    )
    photo = forms.FileField(label="Foto atau berkas", required=False, help_text="Foto atau PDF, paling besar 10 MB.")


class ActForm(forms.Form):
    """What most acts of an officer ask for."""

    text = forms.CharField(label="Jawaban kepada pelapor", widget=forms.Textarea(attrs={"rows": 4}))


def portal(request: HttpRequest) -> HttpResponse:
    """Show the citizen's components."""
    return render(request, "styleguide/portal.html", _context())


def desk(request: HttpRequest) -> HttpResponse:
    """Show the officer's components in the frame of a desk."""
    return render(request, "styleguide/desk.html", _context() | examples.chair())


def _context() -> dict[str, Any]:
    return {
        "statuses": list(Status),
        "zone": "WITA",
        "form": ExampleForm(),
        "refused": ExampleForm(data={"title": "Jalan rusak", "kind": "complaint"}),
        "act_form": ActForm(prefix="act"),
        "follow_up": Action.FOLLOW_UP,
        "brief": Action.BRIEF,
        "returning": Action.RETURN,
        "cards": examples.CARDS,
        "rows": examples.ROWS,
        "tabs": examples.TABS,
        "moments": examples.MOMENTS,
        "legs": examples.LEGS,
        "explanation": examples.explanation(),
        "facts": examples.FACTS,
        "received": examples.RECEIVED,
        "crumbs": [("Beranda", "#"), ("Laporan publik", "#"), ("Lampu jalan mati", None)],
    }


urlpatterns = [
    path("_styleguide/", portal, name="styleguide"),
    path("_styleguide/meja/", desk, name="styleguide-desk"),
]
