"""Results as files for a spreadsheet: figures, answers in words, answers with names. No cell of them is run."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.kernel.permissions import Permission
from cordee.kernel.spreadsheets import Cell
from cordee.surveys import queries
from cordee.surveys.models import Told
from cordee.surveys.queries import Figure, Results, Scope, Steps
from cordee.surveys.rules import reads_names
from cordee.surveys.states import STEPS
from cordee.web.office.opinions.behind import said_by
from cordee.web.office.opinions.comments import CommentFilters
from cordee.web.office.opinions.filters import ResultFilters
from cordee.web.opinions.figures import bin_text, label_of, month_text
from cordee.web.opinions.places import said
from cordee.web.pages import page
from cordee.web.request import Request
from cordee.web.table_files import table_file

MOST_ROWS = 20_000
"""Of words or answers in one file: narrow the filters for more."""
_AT_ONCE = 500
"""Rows of them in memory."""


@page(Permission.VIEW_SURVEYS)
def survey_figures_file(request: Request) -> StreamingHttpResponse:
    """Give the figures that the page shows: one row each, of questions with choices one for each choice; of numbers one
    more for each bin, with how many lie in it (1) and do not (0).
    """
    scope = ResultFilters(request.GET).wanted()
    found = queries.results(scope)
    heads = [
        _("Question"),
        _("Choice"),
        "n",
        _("Asked"),
        _("Answered"),
        _("From"),
        _("Until"),
        _("Average"),
        _("NPS"),
        _("Average of everybody"),
        _("Smallest"),
        _("Largest"),
        *(str(step) for step in STEPS),
    ]
    rows = (row for figure in found.figures for row in _figure_rows(figure, found, scope))
    return table_file(request, "resultats", heads, rows)


def _figure_rows(figure: Figure, found: Results, scope: Scope) -> Iterator[list[Cell]]:
    question = figure.question
    language = get_language() or "fr"
    labels = {choice.key: choice.label.said_in(language) for choice in question.choices} if question else {}
    parts = dict(figure.parts)
    if figure.is_number and (whole := parts.get("")):
        labels |= {f"bin{place}": bin_text(place) for place in figure.scale}
        parts |= {f"bin{place}": _inside(whole, place) for place in figure.scale}
    for key, steps in parts.items():
        everybody = figure.network.get(key)
        recommends = not key and figure.topic == "recommend"
        yield [
            label_of(figure.measure, question),
            labels.get(key, ""),
            steps.answers,
            found.invited,
            found.answered,
            scope.since.isoformat() if scope.since else "",
            scope.until.isoformat() if scope.until else "",
            steps.mean,
            steps.nps.score if recommends else None,
            everybody.mean if everybody else None,
            steps.numbers.least if steps.numbers else None,
            steps.numbers.most if steps.numbers else None,
            *([None] * len(STEPS) if steps.numbers else steps.counts),
        ]


def _inside(steps: Steps, place: int) -> Steps:
    """Return how many lie in a bin and how many do not, as it is told of a choice."""
    inside = steps.counts[place]
    return Steps((steps.answers - inside, inside, *[0] * (len(STEPS) - 2)))


@page(Permission.VIEW_SURVEYS)
def survey_comments_file(request: Request) -> StreamingHttpResponse:
    """Give the answers in words that the page lists."""
    form = CommentFilters(request.GET)
    scope = form.wanted()
    asked = form.cleaned_data
    found = queries.comments(scope, search=asked.get("q") or "", tag=asked.get("tag") or "")
    names = reads_names(request.viewer.actor)
    heads = [_("Month"), _("About"), _("Client"), _("Question"), _("What was answered"), _("Tags"), _("Name")]
    rows: Iterable[list[Cell]] = (
        [one.month, one.place.label, one.place.detail, one.question, one.text, ", ".join(one.tags), one.name]
        for one in said(_one_by_one(found), names=names)
    )
    return table_file(request, "verbatims", heads, rows)


@page(Permission.VIEW_ANSWERS)
def survey_answers_file(request: Request) -> StreamingHttpResponse:
    """Give each answer of surveys that were not anonymous: a row for each question of each person."""
    if not reads_names(request.viewer.actor):
        raise PermissionDenied
    scope = ResultFilters(request.GET).wanted()
    heads = [_("Month"), _("About"), _("Client"), _("Name"), _("Question"), _("What was answered")]
    language = get_language() or "fr"
    rows: Iterable[list[Cell]] = (
        [month_text(response.month), *_about(response), queries.who(response), question, answer]
        for response in _one_by_one(queries.named_answers(scope))
        for question, answer in said_by(response, language)
    )
    return table_file(request, "nominatif", heads, rows)


def _about(told: Told) -> tuple[str, str]:
    subject = told.session or told.mission or told.service_type
    return getattr(subject, "ref", str(told.service_type.name)), told.client.name if told.client else ""


def _one_by_one[M: Model](found: QuerySet[M]) -> Iterator[M]:
    """Give the first `MOST_ROWS` rows, never all of them in memory."""
    return islice(found.iterator(chunk_size=_AT_ONCE), MOST_ROWS)
