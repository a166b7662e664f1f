"""What the timeline says of attendance sheets."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cordee.conformity import facts as conformity
from cordee.conformity.models import CAUSE_LABELS
from cordee.conformity.queries import reasons_text
from cordee.conformity.states import Cause
from cordee.evidence import facts as evidence
from cordee.kernel.facts import Fact
from cordee.web.coordination.timeline.names import Names


def _submitted(fact: conformity.SheetSubmitted, names: Names) -> str:
    words = (
        _("Everybody has signed: the sheet of %(session)s went to quality")
        if fact.by_itself
        else _("The sheet of %(session)s submitted")
    )
    return words % {"session": names.session(fact.session_id)}


def _accepted(fact: conformity.SheetAccepted, names: Names) -> str:
    return _("The sheet of %(session)s accepted by quality") % {"session": names.session(fact.session_id)}


def _refused(fact: conformity.SheetRefused, names: Names) -> str:
    return _("The sheet of %(session)s refused by quality: %(reasons)s") % {
        "session": names.session(fact.session_id),
        "reasons": reasons_text(fact.reasons),
    }


def _sent_back(fact: conformity.SheetSentBack, names: Names) -> str:
    return _("The sheet of %(session)s went back: %(cause)s") % {
        "session": names.session(fact.session_id),
        "cause": CAUSE_LABELS[Cause(fact.cause)],
    }


def _sealed(fact: evidence.SessionSealed, names: Names) -> str:
    return _("%(session)s sealed (seal %(number)d)") % {
        "session": names.session(fact.session_id),
        "number": fact.number,
    }


PRESENTERS: dict[type[Fact], Callable[[Any, Names], str]] = {
    conformity.SheetSubmitted: _submitted,
    conformity.SheetAccepted: _accepted,
    conformity.SheetRefused: _refused,
    conformity.SheetSentBack: _sent_back,
    evidence.SessionSealed: _sealed,
}
KINDS: dict[type[Fact], str] = {
    conformity.SheetAccepted: "done",
    conformity.SheetRefused: "stop",
    conformity.SheetSentBack: "late",
}
