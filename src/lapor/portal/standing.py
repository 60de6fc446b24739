"""The tracking page's content: the report, and the buttons the SOP allows its reporter now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lapor.portal.acts import ACTS, Act
from lapor.portal.forms.acts import ActForm, SecrecyForm


@dataclass(frozen=True)
class Offer:
    """One button: the act, its form, and whether it stands open."""

    act: Act
    form: ActForm
    open: bool


def standing(
    found: Any, *, opened: str, refused: tuple[Act, ActForm] | None, ids: Callable[[str], str]
) -> dict[str, Any]:
    """Return the page's context. A refused act that is not offered any more comes as `kept`: its words are not lost."""
    allowed = {choice.step.action for choice in found.choices if choice.is_open}
    offers = list(_offers(found, allowed, opened, refused, ids))
    gone = refused is not None and refused[0].action not in allowed
    return {"report": found, "offers": offers, "kept": refused if gone else None}


def _offers(
    found: Any, allowed: set[Any], opened: str, refused: tuple[Act, ActForm] | None, ids: Callable[[str], str]
) -> Iterator[Offer]:
    for act in ACTS:
        if act.action not in allowed:
            continue
        if refused and refused[0] is act:
            yield Offer(act, _renewed(refused[1], found.version), open=True)
        else:
            initial = {"code": found.code, "version": found.version} | _now(act, found)
            yield Offer(act, act.form(initial=initial, auto_id=ids(act.slug)), open=act.slug == opened)


def _renewed(form: ActForm, version: int) -> ActForm:
    """Let the refused form speak of the state that is shown now, with every typed word kept."""
    form.data = form.data.copy()
    form.data["version"] = str(version)
    return form


def _now(act: Act, found: Any) -> dict[str, Any]:
    if act.form is SecrecyForm:
        return {"anonymous": found.is_anonymous, "secret": found.is_secret}
    return {}
