"""Saying how it was, on one page: by the participant's own link, by the code in the room, or by a link of one's own."""

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.catalogue.states import OF_PARTICIPANTS, QuestionnaireKind
from cordee.enrolment import queries as enrolment
from cordee.kernel import zones
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.periods import local
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.surveys import actions, queries, rules
from cordee.surveys.models import Addressee, Response
from cordee.surveys.states import SURVEY_LINK
from cordee.web.guest.arrival import Arrival, own_page
from cordee.web.guest.checks import Learner, show_check
from cordee.web.guest.doors import Door, Key, personal_door
from cordee.web.pages import carry_out, status_of
from cordee.web.questions import AnswersForm, written
from cordee.web.request import Request

_RECEIPT = "receipt"
"""The cookie that finds an answer again that is anonymous, or was given in the room: it goes to the page it was sent
from, and nowhere else.
"""
_SALT = "cordee.web.guest.surveys"
_THEN = "opinion"
"""In the address once somebody in the room gave the check, or would rather not."""
_PASS_LASTS = timedelta(days=1)
"""How long who gave the code in the room can write: nothing that was typed is to come too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """Somebody who is asked, and what they are asked about."""

    asked: Addressee
    title: str
    session: Session | None
    first_name: str
    back: str
    """The address of their own page, if they have one."""
    by: Actor
    in_room: bool = False
    """They chose a name on the list of the room, and may be anybody: what was answered in that name is theirs only if
    it was sent from the same browser.
    """


@own_page
def participant_survey(request: Request, who: Arrival, survey_kind: str) -> HttpResponse:
    """Let a participant answer, by their own link."""
    if survey_kind == QuestionnaireKind.CHECK:
        return _check(request, who)
    if survey_kind not in OF_PARTICIPANTS:
        raise Http404
    asked = queries.asked_of_enrolment(who.person.pk, QuestionnaireKind(survey_kind))
    back = reverse("participant", args=[who.token])
    if asked is None:
        return _nothing_to_answer(request, back)
    respondent = Respondent(
        asked=asked,
        title=who.session.title,
        session=who.session,
        first_name=who.person.participant.first_name,
        back=back,
        by=who.by,
    )
    return _answer(request, respondent)


def _check(request: Request, who: Arrival) -> HttpResponse:
    """Let a participant give the check, then say how it was: one visit for both."""
    back = reverse("participant", args=[who.token])
    asked = queries.asked_of_enrolment(who.person.pk, QuestionnaireKind.CHECK)
    if asked is None and queries.progress_on(who.person.pk) is None:
        return _nothing_to_answer(request, back)
    hot = queries.asked_of_enrolment(who.person.pk, QuestionnaireKind.HOT)
    waits = hot is not None and not hot.answered and not list(rules.survey_is_open(hot.survey))
    then = reverse("participant_survey", args=[who.token, QuestionnaireKind.HOT]) if waits else ""
    return show_check(request, Learner(person=who.person, asked=asked, by=who.by, then=then, back=back))


def _nothing_to_answer(request: Request, back: str) -> HttpResponse:
    context = {"page_url": back, "unsaved": _typed(request)}
    return render(request, "guest/survey_closed.html", context, status=410)


def _by_link(key: Key) -> tuple[Key, Addressee] | None:
    asked = queries.asked_or_none(key.subject_id)
    return (key, asked) if asked else None


def _address(found: tuple[Key, Addressee]) -> str:
    asked = found[1]
    if asked.contact:
        return asked.contact.email
    return asked.facilitator.user.email if asked.facilitator else ""


own_survey = personal_door(SURVEY_LINK, find=_by_link, address=_address)
"""Opens its survey to a client's contact, or to who ran a session."""


@own_survey
def survey(request: Request, found: tuple[Key, Addressee]) -> HttpResponse:
    """Let a client's contact, or who ran a session, answer."""
    key, asked = found
    session = planning.session(asked.survey.session_id) if asked.survey.session_id else None
    who = asked.contact or (asked.facilitator.user if asked.facilitator else None)
    respondent = Respondent(
        asked=asked,
        title=session.title if session else asked.survey.mission.order.title if asked.survey.mission else "",
        session=session,
        first_name=who.first_name if who else "",
        back="",
        by=Actor(ActorKind.LINK, link_id=key.link_id),
    )
    return _answer(request, respondent)


def pass_for(enrolment_id: int) -> str:
    """Return the address of the survey of somebody who chose their name in the room."""
    return reverse("room_survey", args=[signing.dumps(enrolment_id, salt=_SALT)])


def _by_pass(request: Request, token: str) -> Respondent | Learner | None:
    try:
        number: int = signing.loads(token, salt=_SALT, max_age=_PASS_LASTS)
    except signing.BadSignature:
        return None
    person = enrolment.enrolment(number)
    session = planning.session(person.session_id) if person else None
    if person is None or session is None:
        return None
    # Whoever is in the room may be asked before presence is recorded: that asks everybody who was there.
    check, asked = (_asked_in_room(number, kind) for kind in (QuestionnaireKind.CHECK, QuestionnaireKind.HOT))
    if check and (asked is None or not (check.answered or _THEN in request.GET)):
        person.session = session
        then = f"{request.path}?{_THEN}" if asked else ""
        return Learner(person=person, asked=check, by=Actor(ActorKind.LINK), then=then, back="")
    if asked is None:
        return None
    return Respondent(
        asked=asked,
        title=session.title,
        session=session,
        first_name=person.participant.first_name,
        back="",
        by=Actor(ActorKind.LINK),
        in_room=True,
    )


def _asked_in_room(enrolment_id: int, kind: QuestionnaireKind) -> Addressee | None:
    return queries.asked_of_enrolment(enrolment_id, kind) or actions.ask_one(
        enrolment_id=enrolment_id, kind=kind
    )


def _spoken(who: Respondent | Learner) -> str:
    return who.session.language if who.session else "fr"


by_pass: Door[Respondent | Learner] = Door(_by_pass, language=_spoken)
"""Opens their survey to who chose their name in the room."""


@by_pass
def room_survey(request: Request, who: Respondent | Learner) -> HttpResponse:
    """Let somebody in the room answer on their own phone: the check, then how it was."""
    if isinstance(who, Learner):
        return show_check(request, who)
    return _answer(request, who)


def _answer(request: Request, who: Respondent) -> HttpResponse:
    """Show the questions and take the answers, until the survey closes or what was answered is told with others."""
    receipt = request.COOKIES.get(_RECEIPT, "")
    before = queries.response_of(who.asked, receipt, by_receipt=who.in_room)
    closed = [*rules.survey_is_open(who.asked.survey), *rules.can_be_corrected(who.asked, before)]
    version = queries.version_for(who.asked.survey, before)
    context = _context(who, before) | {"closed": closed, "version": version}
    if version is None:
        raise Http404
    form = AnswersForm(version, request.POST or None, queries.given_by(before))
    if closed:
        context |= {"unsaved": written(form), "thanked": _is_thanked(who, form)}
        return render(request, "guest/survey.html", context, status=422 if form.is_bound else 200)
    receipt = receipt or token_urlsafe(16)
    response = _keep(request, form, who, receipt) if form.is_valid() else None
    if response is None:
        spoken = translation.get_language() or "fr"
        context |= {"form": form, "introduction": version.introduction.said_in(spoken)}
        response = render(request, "guest/survey.html", context, status=status_of(form))
    if who.asked.survey.anonymous or who.in_room:
        _hand_over(request, response, receipt)
    return response


def _is_thanked(who: Respondent, form: AnswersForm) -> bool:
    return who.asked.survey.anonymous and who.asked.answered and not form.is_bound


def _keep(request: Request, form: AnswersForm, who: Respondent, receipt: str) -> HttpResponse | None:
    def do() -> str:
        actions.respond(
            asked_id=who.asked.pk,
            version_id=form.version.pk,
            given=form.given(),
            receipt=receipt,
            by_receipt=who.in_room,
            by=who.by,
        )
        return request.path

    return carry_out(request, form, do, done=_("Thank you, your answers are saved."))


def _hand_over(request: Request, response: HttpResponse, receipt: str) -> None:
    """Give the browser, and nobody else, what finds the answer again."""
    response.set_cookie(
        _RECEIPT,
        receipt,
        max_age=timedelta(days=31),
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _context(who: Respondent, before: Response | None) -> dict[str, Any]:
    kind = QuestionnaireKind(who.asked.survey.kind)
    return {
        "who": who,
        "survey": who.asked.survey,
        "kind": str(kind),
        "answered": before is not None,
        "page_url": who.back,
        "until": local(who.asked.survey.closes_at, zones.home()).date(),
        "starts": who.session.starts if who.session else None,
        "ends": who.session.ends if who.session else None,
    }


def _typed(request: Request) -> list[tuple[str, str]]:
    """Return what was written into a form whose questions are not known any more."""
    own = [(name, value) for name, value in request.POST.items() if name.startswith("questionnaire-")]
    hidden = ("form_token", "seen_version")
    return [("", str(value)) for name, value in own if value and not name.endswith(hidden)]
