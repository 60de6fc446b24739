"""Quality review (S56): draw a sample, judge each answer by the rubric."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lapor.desk.forms.quality import DrawForm, JudgeForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.insights import quality as review
from lapor.insights.rubric import Criterion
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.usecases.quality import draw_sample, judge

QUESTIONS = frozenset(str(one) for one in Criterion)


@page("quality")
def samples(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the samples of this institution, and draw another one."""
    today = officer.now.astimezone(ZoneInfo(officer.desk.zone)).date()
    form = DrawForm(request.POST if request.method == "POST" else None, today=today)
    status = 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            words = form.cleaned_data
            try:
                drawn = draw_sample(
                    first=words["month"], size=words["size"], seed=words["seed"], actor=officer.actor, now=officer.now
                )
                return redirect("desk:quality_sample", sample=drawn.pk)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
    context = {"samples": review.samples(officer.actor), "form": form}
    return show(request, officer, "desk/quality.html", context, current="quality", status=status)


@page("quality_sample")
def sample(request: HttpRequest, officer: Officer, sample: int) -> HttpResponse:
    """Show the reports of a sample in the order of the draw."""
    context = {"sample": review.sample(officer.actor, sample)}
    return show(request, officer, "desk/quality_sample.html", context, current="quality")


@page("quality_mark")
def mark(request: HttpRequest, officer: Officer, sample: int, place: int) -> HttpResponse:
    """Judge one report of a sample, then go on to the next that nobody has judged."""
    drawn = review.to_judge(officer.actor, sample, place)
    given = {key: str(n) for key, n in drawn.marks.items()}
    known = {**given, "note": drawn.note, "seen": drawn.judged_at}
    form = JudgeForm(request.POST if request.method == "POST" else None, initial=known)
    status = 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            try:
                judge(
                    sample=sample, place=place, marks=form.marks, note=form.cleaned_data["note"], criteria=QUESTIONS,
                    seen=form.cleaned_data["seen"], actor=officer.actor, now=officer.now,
                )  # fmt: skip
                return _next(request, officer, sample, place)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
    context = {"drawn": drawn, "form": form, "sample": sample}
    return show(request, officer, "desk/quality_mark.html", context, current="quality", status=status)


def _next(request: HttpRequest, officer: Officer, sample: int, place: int) -> HttpResponse:
    waiting = [one.place for one in review.sample(officer.actor, sample).drawn if one.score is None]
    if not waiting:
        messages.success(request, _("Every answer of this sample is judged."))
        return redirect("desk:quality_sample", sample=sample)
    after = [one for one in waiting if one > place] or waiting
    return redirect("desk:quality_mark", sample=sample, place=after[0])
