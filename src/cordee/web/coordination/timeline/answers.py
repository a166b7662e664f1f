"""What the timeline says of questionnaires."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.catalogue.models import QUESTIONNAIRE_LABELS
from cordee.catalogue.states import QuestionnaireKind
from cordee.surveys import facts as surveys
from cordee.web.coordination.timeline.names import Names


def answered(fact: surveys.SurveyAnswered, names: Names) -> str:
    words = (
        _("Somebody on %(session)s gave the end-of-training check")
        if fact.kind == QuestionnaireKind.CHECK
        else _("Somebody on %(session)s answered the placement questionnaire")
    )
    return words % {"session": names.session(fact.session_id)}


def several_answered(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
    kinds = {fact.kind for fact in facts}
    if kinds == {QuestionnaireKind.CHECK}:
        words = ngettext(
            "%(n)d person gave the end-of-training check", "%(n)d people gave the end-of-training check", n
        )
        return words % {"n": n}
    if len(kinds) > 1:
        words = ngettext("%(n)d person answered a questionnaire", "%(n)d people answered a questionnaire", n)
        return words % {"n": n}
    words = ngettext(
        "%(n)d person answered the placement questionnaire",
        "%(n)d people answered the placement questionnaire",
        n,
    )
    return words % {"n": n}


def forgotten(fact: surveys.AnswersForgotten, names: Names) -> str:
    words = (
        ngettext(
            "What %(n)d person of %(session)s answered is deleted; the figures are kept",
            "What %(n)d people of %(session)s answered is deleted; the figures are kept",
            fact.people,
        )
        if fact.counted
        else ngettext(
            "What %(n)d person of %(session)s answered is deleted",
            "What %(n)d people of %(session)s answered is deleted",
            fact.people,
        )
    )
    return words % {"n": fact.people, "session": names.session(fact.session_id)}


def _survey(kind: str) -> str:
    return str(QUESTIONNAIRE_LABELS[QuestionnaireKind(kind)])


def opened(fact: surveys.SurveyOpened, _names: Names) -> str:
    words = _("%(survey)s: begun, anonymous") if fact.anonymous else _("%(survey)s: begun")
    return words % {"survey": _survey(fact.kind)}


def responded(fact: surveys.ResponseGiven, _names: Names) -> str:
    return _("%(survey)s: somebody answered") % {"survey": _survey(fact.kind)}


def closed(fact: surveys.SurveyClosed, _names: Names) -> str:
    words = _("%(survey)s: closed, %(answered)d of %(people)d answered")
    return words % {"survey": _survey(fact.kind), "answered": fact.answered, "people": fact.people}


def masked(fact: surveys.CommentMasked, names: Names) -> str:
    return _("A passage was taken out of an answer in words: %(reason)s") % {
        "reason": names.reason(fact.reason_id)
    }
