"""What the timeline says of questionnaires."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.surveys import facts as surveys
from cordee.web.coordination.timeline.names import Names


def answered(fact: surveys.SurveyAnswered, names: Names) -> str:
    words = _("Somebody on %(session)s answered the placement questionnaire")
    return words % {"session": names.session(fact.session_id)}


def several_answered(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
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
