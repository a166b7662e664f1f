"""Quality: what people answer, which sheets are refused and why, complaints and improvements."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from cordee.catalogue.models import QUESTIONNAIRE_LABELS, TOPIC_LABELS
from cordee.catalogue.states import SATISFACTION, STEPS_OF, QuestionnaireKind, Topic
from cordee.conformity import queries as conformity
from cordee.conformity.models import REASON_LABELS
from cordee.conformity.states import SheetState
from cordee.kernel.actor import Actor
from cordee.kernel.periods import Month
from cordee.kernel.permissions import Permission
from cordee.quality import queries as quality
from cordee.surveys import queries as surveys
from cordee.surveys.queries import Heard, Steps
from cordee.web.office.dashboards.figures import Figure, figure, frame
from cordee.web.office.sheets import ANY, twelve_months_ago
from cordee.web.opinions.figures import per_cent
from cordee.web.pages import page
from cordee.web.periods import code, label, last_twelve
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Scores:
    """What was answered to one kind of survey, or about one topic, or in one month."""

    label: str
    answered: Figure
    rate: str
    mean: Figure | None
    nps: Figure | None
    share: int
    """The part of the scale that the mean makes, in per cent."""


@page(Permission.VIEW_EVIDENCE)
def quality_dashboard(request: Request) -> HttpResponse:
    """Show the last twelve months of surveys and sheets, and what is open in the registers."""
    heard = surveys.heard(*last_twelve())
    refused, reasons = conformity.refused_by_reason(twelve_months_ago())
    hot = heard.get(QuestionnaireKind.HOT, Heard())
    context = {
        **frame(request.viewer.actor, "quality_dashboard"),
        "layout": "queues",
        "stats": [*_sheets(), *_registers(request.viewer.actor)],
        "kinds": [_kind(kind, found) for kind in SATISFACTION if (found := heard.get(kind))],
        "topics": _topics(hot),
        "months": _months(hot),
        "refused": figure(refused, "sheets", f"?reason={ANY}"),
        "reasons": [
            {
                "label": REASON_LABELS[reason],
                "sheets": figure(n, "sheets", f"?reason={reason}"),
                "share": round(100 * n / refused),
            }
            for reason, n in reasons.items()
        ],
    }
    return render(request, "office/dashboards/quality.html", context)


def _sheets() -> list[Figure]:
    counts, late = conformity.counts(), conformity.late_count()
    return [
        figure(
            counts[SheetState.SUBMITTED],
            "sheets",
            label=ngettext("Sheet to look at", "Sheets to look at", counts[SheetState.SUBMITTED]),
            kind="wait",
        ),
        figure(late, "sheets", "?late=on", label=ngettext("Sheet late", "Sheets late", late), kind="late"),
        figure(
            counts[SheetState.REFUSED],
            "sheets",
            f"?status={SheetState.REFUSED}",
            label=ngettext(
                "Sheet refused, to be put right",
                "Sheets refused, to be put right",
                counts[SheetState.REFUSED],
            ),
            kind="wait",
        ),
    ]


def _registers(actor: Actor) -> list[Figure]:
    waiting, late, undone = quality.open_count(actor), quality.late_count(actor), quality.late_improvements()
    risks = quality.late_risks().count()
    return [
        figure(
            waiting,
            "complaints",
            label=ngettext("Complaint to see to", "Complaints to see to", waiting),
            kind="wait",
        ),
        figure(
            late,
            "complaints",
            "?state=late",
            label=ngettext("Complaint late", "Complaints late", late),
            kind="late",
        ),
        figure(
            undone,
            "improvements",
            "?state=late",
            label=ngettext("Improvement late", "Improvements late", undone),
            kind="late",
        ),
        figure(
            risks,
            "risks",
            "?state=late",
            label=ngettext("Risk to look at again", "Risks to look at again", risks),
            kind="late",
        ),
    ]


def _kind(kind: QuestionnaireKind, found: Heard) -> Scores:
    return Scores(
        label=str(QUESTIONNAIRE_LABELS[kind]),
        answered=figure(found.answered, "survey_results", f"?kind={kind}"),
        rate=per_cent(found.answered, found.invited),
        **_told(found.of(Topic.RECOMMEND), Topic.RECOMMEND, f"?kind={kind}"),
    )


def _topics(hot: Heard) -> list[Scores]:
    """Return what participants say right afterwards, topic by topic; recommendation stands above."""
    return [
        _scores(str(TOPIC_LABELS[topic]), hot.of(topic), topic, f"?kind=hot&measure={topic}", "survey_lots")
        for topic in Topic
        if topic in hot.topics and topic != Topic.RECOMMEND
    ]


def _months(hot: Heard) -> list[Scores]:
    return [
        _scores(label(Month.of(month)), steps, Topic.RECOMMEND, f"?kind=hot&period={code(Month.of(month))}")
        for month, steps in reversed(hot.topics.get(Topic.RECOMMEND, {}).items())
    ]


def _scores(name: str, steps: Steps, topic: Topic, query: str, listed: str = "survey_results") -> Scores:
    """Return scores whose answers are listed lot by lot, and whose mean stands on the page `listed`."""
    lots = query if "measure=" in query else f"{query}&measure={topic}"
    answered = figure(steps.answers, "survey_lots", lots)
    return Scores(name, answered, "", **_told(steps, topic, query, listed))


def _told(steps: Steps, topic: Topic, query: str, listed: str = "survey_results") -> dict[str, Any]:
    mean, most = steps.mean, STEPS_OF[topic][1]
    score = steps.nps.score if topic == Topic.RECOMMEND else None
    return {
        "mean": None if mean is None else figure(mean, listed, query),
        "nps": None if score is None else figure(score, listed, query),
        "share": round(100 * (mean or 0) / most),
    }
