"""Who is at the desk: the person signed in, the role in use, and that its decree is in force at this very moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.roles import seats_of
from lapor.agencies.queries.support import VisitInfo, visit_in_force
from lapor.agencies.queries.tree import AgencyInfo, agency_infos
from lapor.agencies.usecases.support import VisitOver
from lapor.identity.usecases import desk_sessions
from lapor.kernel.actor import Actor
from lapor.kernel.errors import Refusal
from lapor.sop.vocabulary import Role

CHOSEN = "desk_appointment"  # session key: the appointment in use
FACTOR = "desk_factor"  # session key: how the second step of signing in was taken (written by the portal's sign-in)
VISIT = "desk_visit"  # session key: the support visit this officer is on
SEEN = "desk_seen"  # session key: when the session was last noted as in use


@dataclass(frozen=True)
class Post:
    """One role the person may take today: the acting identity and the desk it belongs to."""

    actor: Actor
    desk: AgencyInfo


@dataclass(frozen=True)
class Officer:
    """The person at work: account id, name, the post in use, all posts of today, and the moment of the request.

    On a support visit the post is that of the institution's admin, without an appointment; `visitor` is who visits.
    """

    account: int
    name: str
    post: Post
    posts: tuple[Post, ...]
    now: datetime
    visit: VisitInfo | None = None
    visitor: Actor | None = None

    @property
    def actor(self) -> Actor:
        """Return the identity the use cases and queries ask for."""
        return self.post.actor

    @property
    def desk(self) -> AgencyInfo:
        """Return the desk of the post in use."""
        return self.post.desk


class NoPost(Refusal):
    """The person holds no officer's role today, or lost the one in use."""

    status = 403
    sentence = _("No decree in force gives you a role today. Ask your institution's admin to renew your appointment.")

    def __init__(self, posts: tuple[Post, ...] = ()) -> None:
        self.posts = posts
        super().__init__(_("The role you were using has ended. Choose another one to go on.") if posts else None)


class NotYourPage(Refusal):
    """This page is not for the role in use."""

    status = 403
    sentence = _("This page is not for the role you are using now.")


def at_work(request: HttpRequest) -> Officer:
    """Return the officer behind a request, asking the decrees anew (S16 to S18).

    Raises NoPost when no role is left, or when the role chosen in this session has ended.
    """
    now = timezone.now()
    account = request.user
    if not account.is_authenticated:
        raise NoPost
    _note_use(request, now)
    posts = posts_of(account, now=now)
    officer = Officer(account.pk, str(account), _in_use(request, posts), posts, now)
    return _visiting(request, officer) if VISIT in request.session else officer


def _visiting(request: HttpRequest, officer: Officer) -> Officer:
    """Sit the officer down at the desk visited; raises VisitOver, once, when the visit or the right to it has ended."""
    visit = visit_in_force(request.session[VISIT], officer.account, now=officer.now)
    visitor = next((post.actor for post in officer.posts if post.actor.role is Role.NATIONAL_ADMIN), None)
    if visit is None or visitor is None:
        del request.session[VISIT]
        raise VisitOver
    desk = agency_infos([visit.institution_id])[visit.institution_id]
    seat = Actor(Role.AGENCY_ADMIN, desk=desk.id, account=officer.account)
    return replace(officer, post=Post(seat, desk), visit=visit, visitor=visitor)


def _note_use(request: HttpRequest, now: datetime) -> None:
    """Let the owner see when this session was last used; written every ten minutes at most."""
    seen = request.session.get(SEEN, "")
    if not seen or now - datetime.fromisoformat(seen) >= desk_sessions.SEEN_EVERY:
        request.session[SEEN] = now.isoformat()
        desk_sessions.see(key=request.session.session_key or "", now=now)


def came_in_fully(request: HttpRequest) -> bool:
    """Tell whether this session took the second step of signing in; in the demo there is none."""
    return not settings.SECOND_FACTOR or FACTOR in request.session


def posts_of(account: AbstractBaseUser, *, now: datetime) -> tuple[Post, ...]:
    """Return every post of an account at a moment, in a stable order; each desk reads the moment as its own day."""
    return tuple(Post(actor, desk) for actor, desk in seats_of(account, now).items())


def _in_use(request: HttpRequest, posts: tuple[Post, ...]) -> Post:
    chosen = request.session.get(CHOSEN)
    by_appointment = {post.actor.appointment: post for post in posts}
    if chosen in by_appointment:
        return by_appointment[chosen]
    if chosen is not None or not posts:
        raise NoPost(posts)
    request.session[CHOSEN] = posts[0].actor.appointment
    return posts[0]


def choose(request: HttpRequest, appointment: int, posts: tuple[Post, ...]) -> Post:
    """Put a post into use for this session. Raises NoPost when it is not one of the person's own."""
    for post in posts:
        if post.actor.appointment == appointment:
            request.session[CHOSEN] = appointment
            request.session.pop(VISIT, None)
            return post
    raise NoPost(posts)
