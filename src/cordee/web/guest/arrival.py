"""Who comes through a participant's personal link, and what every page behind it needs."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel.actor import Actor, ActorKind
from cordee.links import actions as links
from cordee.links.queries import is_genuine, live_link
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Arrival:
    """A participant at their own page."""

    token: str
    link_id: int
    person: Enrolment
    session: Session

    @property
    def by(self) -> Actor:
        return Actor(ActorKind.LINK, link_id=self.link_id)

    @property
    def expected(self) -> bool:
        """Tell whether the person is on the list of a session that takes place."""
        return self.person.cancelled_at is None and self.session.status == SessionStatus.PLANNED


def arrive(request: Request, token: str) -> Arrival | HttpResponse:
    """Return who comes through this link, or the page that says that it opens nothing any more.

    From here on the page speaks the language of the session, unless the visitor chose another.
    """
    link = live_link(token, purpose=PARTICIPANT_LINK)
    person = enrolment.enrolment(link.subject_id) if link else None
    session = planning.session(person.session_id) if person else None
    if link is None or person is None or session is None:
        return gone(request, token)
    person.session = session
    speak(request, session.language)
    if request.method == "POST":
        links.note_use(link)
    return Arrival(token, link.pk, person, session)


def gone(request: Request, token: str) -> HttpResponse:
    """Say that the link opens nothing: any more, or ever."""
    return render(request, "guest/link_ended.html", status=410 if is_genuine(token) else 404)


def speak(request: Request, language: str) -> None:
    """Use this language, English where the house does not speak it, unless this browser was told another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.viewer.user is None:
        spoken = language if language in dict(settings.LANGUAGES) else "en"
        translation.activate(spoken)
        request.LANGUAGE_CODE = spoken
