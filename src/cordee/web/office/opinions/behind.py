"""What lies behind a figure: lots that were told together, and each answer of surveys that were not anonymous."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.catalogue.states import WRITTEN, Topic
from cordee.kernel.permissions import Permission
from cordee.surveys import queries
from cordee.surveys.models import Response
from cordee.surveys.queries import Lot
from cordee.surveys.rules import reads_names
from cordee.web.office.opinions.filters import ResultFilters, address_with, improve_address
from cordee.web.opinions.figures import bin_text, label_of, month_text
from cordee.web.opinions.places import Place, place_of
from cordee.web.pages import page
from cordee.web.request import Request
from cordee.web.slices import slice_of

_LONGEST_MEASURE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A lot, as the table shows it."""

    month: str
    place: Place
    answers: int
    mean: float | None
    given: str
    """How often each step was given, in words."""
    url: str
    """Where its answers are, with names; empty where there are none or the viewer may not read them."""
    anonymous: bool


@page(Permission.VIEW_SURVEYS)
def survey_lots(request: Request) -> HttpResponse:
    """List the lots of which a figure is the sum."""
    form = ResultFilters(request.GET)
    scope = form.wanted()
    measure = request.GET.get("measure", "")[:_LONGEST_MEASURE] or Topic.RECOMMEND.value
    name = ":".join(measure.split(":")[:2])
    label = _label(name, measure)
    shown = slice_of(
        request, queries.lots(scope, measure), read=lambda found: queries.with_names(list(found))
    )
    reads = reads_names(request.viewer.actor)
    choice = measure != name
    context = {
        "label": label,
        "back_url": address_with("survey_results", request.GET, measure=""),
        "page": shown,
        "rows": [_row(lot, reads=reads, choice=choice) for lot in shown.items],
        "choice": choice,
        "improve_url": "" if choice else improve_address(request.viewer.actor, scope, measure),
    }
    return render(request, "office/opinions/lots.html", context)


def _label(name: str, measure: str) -> str:
    """Return in words what is measured; what is measured nowhere does not exist."""
    whose = name.split(":", maxsplit=1)[0]
    questions = (
        queries.questions_of([name]) if whose.isdecimal() and len(whose) < _LONGEST_MEASURE // 2 else {}
    )
    label, question = label_of(name, questions.get(name)), questions.get(name)
    if question is None and label == name:
        raise Http404
    key = measure.removeprefix(name).strip(":")
    language = get_language() or "fr"
    chosen = (
        next((c.label.said_in(language) for c in question.choices if c.key == key), "") if question else ""
    )
    return f"{label} – {chosen}" if chosen else label


def _row(lot: Lot, *, reads: bool, choice: bool) -> Row:
    steps, named = lot.steps, lot.survey_id
    name = bin_text if steps.numbers else str
    given = " · ".join(f"{name(step)} × {n}" for step, n in enumerate(steps.counts) if n)
    return Row(
        month=month_text(lot.kept.month),
        place=place_of(lot.kept),
        answers=steps.answers,
        mean=None if choice else steps.mean,
        given=_("%(n)d of %(all)d") % {"n": steps.counts[1], "all": steps.answers} if choice else given,
        url=reverse("survey_answers", args=[named]) if named and reads else "",
        anonymous=named is None,
    )


@page(Permission.VIEW_ANSWERS)
def survey_answers(request: Request, survey_id: int) -> HttpResponse:
    """Show who answered what to a survey that is not anonymous."""
    if not reads_names(request.viewer.actor):
        raise PermissionDenied
    survey = queries.named_survey(survey_id)
    if survey is None:
        raise Http404
    shown = slice_of(request, queries.answers_to(survey_id))
    language = get_language() or "fr"
    context = {
        "survey": survey,
        "place": place_of(survey),
        "month": month_text(survey.month),
        "page": shown,
        "people": [(queries.who(r) or _("name no longer kept"), said_by(r, language)) for r in shown.items],
        "back_url": address_with("survey_results", request.GET, kind=survey.kind),
    }
    return render(request, "office/opinions/answers.html", context)


def said_by(response: Response, language: str) -> list[tuple[str, str]]:
    """Return the questions somebody answered, and what they said, in the order they were asked."""
    words = {comment.key: comment.text for comment in response.comments.all()}
    given = []
    for question in response.version.asked:
        value = words.get(question.key) if question.kind in WRITTEN else response.values.get(question.key)
        if value is not None:
            given.append((question.label.said_in(language), queries.said(question, value, language)))
    return given
