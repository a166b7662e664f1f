"""Answering the placement questionnaire through the participant's personal link, without logging in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.catalogue.states import QuestionnaireKind
from cordee.planning import queries as planning
from cordee.surveys import actions, queries, rules
from cordee.surveys.queries import Asked
from cordee.surveys.rules import Value
from cordee.web.guest.arrival import Arrival, own_page
from cordee.web.pages import carry_out, status_of
from cordee.web.questions import AnswersForm, in_words
from cordee.web.request import Request


def standing(who: Arrival) -> str:
    """Return where somebody stands with the questionnaire: "wanted", "answered", "closed"; nothing when it does not
    concern them (any more).
    """
    asked = queries.asked(who.person, QuestionnaireKind.PLACEMENT)
    if asked is None:
        return ""
    if list(rules.is_open(who.person)):
        return "closed" if asked.answers else ""
    return "answered" if asked.answers else "wanted"


@own_page
def placement(request: Request, who: Arrival) -> HttpResponse:
    """Show the questions and take the answers, until the session starts."""
    asked = queries.asked(who.person, QuestionnaireKind.PLACEMENT)
    closed = list(rules.is_open(who.person))
    context = _context(who, asked) | {"closed": closed}
    if asked is None:
        return render(request, "guest/placement.html", context)
    kept = asked.answers.values if asked.answers else {}
    form = AnswersForm(asked.version, request.POST or None, kept)
    valid = form.is_valid()
    if closed:
        # What was sent too late is shown to whoever wrote it: nothing typed is lost.
        typed = rules.tidied(asked.version.asked, form.given()) if form.is_bound else {}
        context |= {"unsaved": _told(asked, typed), "answered": _told(asked, kept)}
        return render(request, "guest/placement.html", context, status=422 if form.is_bound else 200)
    if valid and (response := _keep(request, form, who)):
        return response
    return render(request, "guest/placement.html", context | {"form": form}, status=status_of(form))


def _keep(request: Request, form: AnswersForm, who: Arrival) -> HttpResponse | None:
    def do() -> str:
        actions.answer(enrolment_id=who.person.pk, version_id=form.version.pk, given=form.given(), by=who.by)
        return reverse("placement", args=[who.token])

    done = _("Thank you, your answers are saved. You can change them until the session starts.")
    return carry_out(request, form, do, done=done)


def _context(who: Arrival, asked: Asked | None) -> dict[str, Any]:
    session = who.session
    language = translation.get_language() or "fr"
    return {
        "token": who.token,
        "session": session,
        "first_name": who.person.participant.first_name,
        "starts": session.starts,
        "ends": session.ends,
        "facilitators": [a.facilitator.full_name for a in planning.running([session.pk])[session.pk]],
        "asked": asked,
        "answers": asked.answers if asked else None,
        "introduction": asked.version.introduction.said_in(language) if asked else "",
    }


def _told(asked: Asked, answers: Mapping[str, Value]) -> list[tuple[str, str]]:
    """Return questions with their answers, in words."""
    language = translation.get_language() or "fr"
    return [
        (question.label.said_in(language), in_words(question, answers[question.key]))
        for question in asked.version.asked
        if question.key in answers
    ]
