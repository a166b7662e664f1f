"""The check at the end of a training: where somebody is now, asked once, and what they learned."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import Actor
from cordee.planning.models import Session
from cordee.surveys import actions, queries, rules
from cordee.surveys.models import Addressee
from cordee.web import learned
from cordee.web.pages import carry_out, status_of
from cordee.web.questions import AnswersForm, written
from cordee.web.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """Somebody at the end of a session: `asked` until the check closes."""

    person: Enrolment
    asked: Addressee | None
    by: Actor
    then: str
    """Where one goes on to, if anywhere."""
    back: str
    """The address of their own page. Without one nothing that they answered is shown: who chose a name in the room
    may be anybody.
    """

    @property
    def session(self) -> Session:
        return self.person.session


def show_check(request: Request, who: Learner) -> HttpResponse:
    """Show the questions and take the answers, once; then what was learned."""
    wanted = queries.check_asked(who.person)
    if wanted is None:
        raise Http404
    given = wanted.answers is not None
    closed = list(rules.can_give_check(who.person, given=given))
    if who.asked and not given:
        closed += rules.survey_is_open(who.asked.survey)
    context = _context(who) | {"closed": closed, "given": given}
    form = AnswersForm(wanted.version, request.POST or None)
    if closed or who.asked is None:
        context |= {"unsaved": written(form), "refused": form.is_bound or not given}
        return render(request, "guest/check.html", context, status=422 if form.is_bound else 200)
    response = _keep(request, form, who, who.asked.pk) if form.is_valid() else None
    if response:
        return response
    context |= {"form": form, "introduction": _introduction(wanted.version)}
    return render(request, "guest/check.html", context, status=status_of(form))


def _introduction(version: QuestionnaireVersion) -> str:
    """Return what is said first; what introduces a placement questionnaire is said before the session alone."""
    if version.questionnaire.kind == QuestionnaireKind.PLACEMENT:
        return _("The same questions as before the session, some two minutes: answer from where you are now.")
    return version.introduction.said_in(translation.get_language() or "fr")


def _keep(request: Request, form: AnswersForm, who: Learner, asked_id: int) -> HttpResponse | None:
    def do() -> str:
        actions.give_check(asked_id=asked_id, version_id=form.version.pk, given=form.given(), by=who.by)
        return who.then or request.path

    return carry_out(request, form, do, done=_("Thank you, your answers are saved."))


def _context(who: Learner) -> dict[str, Any]:
    session = who.person.session
    context = {
        "who": who,
        "session": session,
        "first_name": who.person.participant.first_name,
        "starts": session.starts,
        "ends": session.ends,
    }
    progress = queries.progress_on(who.person.pk) if who.back else None
    if progress is None:
        return context
    return context | {
        "rows": learned.rows(progress),
        "overall": learned.overall(progress),
        "compared": progress.move is not None,
        "method": learned.method(),
    }
