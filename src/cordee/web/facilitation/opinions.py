"""What people say of one's own sessions, beside what they say of everybody's others: never a colleague's."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.catalogue.models import QUESTIONNAIRE_LABELS
from cordee.catalogue.states import OF_PARTICIPANTS, QuestionnaireKind
from cordee.surveys import queries
from cordee.surveys.queries import Figure, Scope
from cordee.surveys.states import FEWEST_TOLD
from cordee.web.opinions.figures import method, rate_text, shown, trend
from cordee.web.opinions.places import said
from cordee.web.pages import facilitator_page
from cordee.web.periods import last_twelve
from cordee.web.request import Request
from cordee.web.slices import slice_of


@facilitator_page
def my_opinions(request: Request) -> HttpResponse:
    """Show the last twelve months: with a period of one's choice, two averages would tell a colleague's apart."""
    own = request.viewer.actor.facilitator_id or 0
    asked = request.GET.get("kind", "")
    kind = QuestionnaireKind(asked) if asked in set(OF_PARTICIPANTS) else QuestionnaireKind.HOT
    since, until = last_twelve()
    scope = Scope(kind=kind, since=since, until=until, facilitator_id=own)
    others = queries.others(own, kind, since, until)
    found = queries.results(scope, beside=others)
    enough = replace(found, figures=tuple(map(_enough, found.figures)))
    comments = slice_of(request, queries.comments_about(scope), wide=True)
    here = reverse("my_opinions")
    context: dict[str, Any] = {
        "kinds": [
            {"label": QUESTIONNAIRE_LABELS[k], "url": f"{here}?kind={k}", "current": k == kind, "count": None}
            for k in OF_PARTICIPANTS
        ],
        "found": found,
        "rate": rate_text(found),
        "figures": shown(enough, spread=False),
        "beside": _("others"),
        "trend": trend(enough),
        "method": [*method(found, scope), _beside(compared=bool(others))],
        "page": comments,
        "comments": list(said(comments.items, names=False)),
    }
    return render(request, "facilitation/my_opinions.html", context)


def _enough(figure: Figure) -> Figure:
    """Return a figure without what fewer than four people make, with names or not."""
    months = {month: steps for month, steps in figure.months.items() if steps.answers >= FEWEST_TOLD}
    return replace(figure, months=months, parts=figure.parts if figure.answers >= FEWEST_TOLD else {})


def _beside(*, compared: bool) -> str:
    if compared:
        return _(
            "Beside yours: the mean over the sessions of all others, three facilitators at least, without its number."
        )
    return _("Nothing stands beside yours: of fewer than three other facilitators no mean is shown.")
