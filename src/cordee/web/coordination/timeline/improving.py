"""What the timeline says of improvements and risks."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.facts import Fact
from cordee.quality import facts
from cordee.quality.states import Effect
from cordee.web.components.formatting import day
from cordee.web.coordination.timeline.names import Names

_MEASURED = {
    Effect.EFFECTIVE: gettext_lazy("Measured: effective"),
    Effect.WITHOUT: gettext_lazy("Measured: without effect"),
}


def _opened(fact: facts.ImprovementOpened, _names: Names) -> str:
    return _("Planned, by %(day)s") % {"day": day(date.fromisoformat(fact.due_on))}


def _replanned(fact: facts.ImprovementReplanned, _names: Names) -> str:
    return _("Planned anew, by %(day)s") % {"day": day(date.fromisoformat(fact.due_on))}


def _done(_fact: facts.ImprovementDone, _names: Names) -> str:
    return _("Done")


def _measured(fact: facts.ImprovementMeasured, _names: Names) -> str:
    return str(_MEASURED[Effect(fact.effect)])


def _given_up(_fact: facts.ImprovementGivenUp, _names: Names) -> str:
    return _("Given up")


def _programme(fact: facts.ProgrammeImproved, _names: Names) -> str:
    said = (
        _("Version %(number)d of a programme does not come of it, after all")
        if fact.withdrawn
        else _("Version %(number)d of a programme came of it")
    )
    return said % {"number": fact.number}


def _recorded(fact: facts.RiskRecorded, _names: Names) -> str:
    return _("Judged: likelihood %(likelihood)d, gravity %(gravity)d") % {
        "likelihood": fact.likelihood,
        "gravity": fact.gravity,
    }


def _reviewed(fact: facts.RiskReviewed, _names: Names) -> str:
    now = (fact.likelihood, fact.gravity)
    if now == (fact.before_likelihood, fact.before_gravity):
        return _("Looked at again: as before")
    return _("Looked at again: %(before)d → %(now)d (likelihood %(likelihood)d, gravity %(gravity)d)") % {
        "before": fact.before_likelihood * fact.before_gravity,
        "now": fact.likelihood * fact.gravity,
        "likelihood": fact.likelihood,
        "gravity": fact.gravity,
    }


PRESENTERS: dict[type[Fact], Callable[[Any, Names], str]] = {
    facts.ImprovementOpened: _opened,
    facts.ImprovementReplanned: _replanned,
    facts.ImprovementDone: _done,
    facts.ImprovementMeasured: _measured,
    facts.ImprovementGivenUp: _given_up,
    facts.ProgrammeImproved: _programme,
    facts.RiskRecorded: _recorded,
    facts.RiskReviewed: _reviewed,
}
