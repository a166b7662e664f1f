"""How what proves an indicator is told: what is missing, and the rows that a number counts or leaves out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordee.audits.rules.ground import Ground, Part
from cordee.audits.rules.telling import Figure, Missing, Place, Rows
from cordee.catalogue.models import QUESTIONNAIRE_LABELS
from cordee.catalogue.states import QuestionnaireKind
from cordee.kernel.refusals import Blocker, Turn

type Told = Iterator[Figure | Missing]


def miss(
    code: str, message: str, fix: str, turn: Turn, place: Place | None = None, *, rows: Rows | None = None
) -> Missing:
    return Missing(Blocker(code, message, fix, turn), place, rows)


def of(part: Part, name: str) -> Rows:
    return Rows(part, name)


def but(part: Part, name: str) -> Rows:
    return Rows(part, name, others=True)


def nothing_yet(ground: Ground) -> Told:
    if not ground.sessions:
        fix = _("Choose a longer period, or wait until one is over.")
        yield miss("nothing_held", _("No session was held in this period."), fix, Turn.TIME)


def unanswered(kind: QuestionnaireKind) -> Missing:
    return miss(
        f"nobody_answered_{kind}",
        _("Nobody answered in this period: %(questionnaire)s.")
        % {"questionnaire": QUESTIONNAIRE_LABELS[kind]},
        _("Choose a questionnaire on the page of the service: it is sent by itself."),
        Turn.OPERATIONS,
        Place.CATALOGUE,
    )
