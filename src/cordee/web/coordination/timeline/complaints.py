"""What the timeline says of complaints: that there was one and that it was decided, never what was said."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.facts import Fact
from cordee.quality import facts
from cordee.quality.models import KIND_LABELS
from cordee.quality.states import ComplaintKind, Direction
from cordee.web.coordination.timeline.names import Names

_RECEIVED = {
    ComplaintKind.COMPLAINT: gettext_lazy("A complaint came in"),
    ComplaintKind.INCIDENT: gettext_lazy("An incident was told"),
    ComplaintKind.DIFFICULTY: gettext_lazy("A difficulty was told"),
}
_SAID = {
    Direction.FROM_THEM: gettext_lazy("Who raised it said more"),
    Direction.TO_THEM: gettext_lazy("Who raised it was answered"),
    Direction.NOTE: gettext_lazy("A note was written"),
}


def _about(sentence: str, session_id: int | None, names: Names) -> str:
    if session_id is None:
        return sentence
    return _("%(what)s, %(session)s") % {"what": sentence, "session": names.session(session_id)}


def _received(fact: facts.ComplaintReceived, names: Names) -> str:
    return _about(str(_RECEIVED[ComplaintKind(fact.kind)]), fact.session_id, names)


def _decided(fact: facts.ComplaintDecided, names: Names) -> str:
    sentence = _("%(kind)s: decided") % {"kind": KIND_LABELS[ComplaintKind(fact.kind)]}
    return _about(sentence, fact.session_id, names)


def _spoken_of(fact: facts.ComplaintSpokenOf, _names: Names) -> str:
    return str(_SAID[Direction(fact.direction)])


def _taken(fact: facts.ComplaintTaken, _names: Names) -> str:
    return _("Taken") if fact.before_user_id is None else _("Taken over from a colleague")


def _reopened(_fact: facts.ComplaintReopened, _names: Names) -> str:
    return _("Opened again")


def _restricted(_fact: facts.ComplaintRestricted, _names: Names) -> str:
    return _("Made confidential")


def _late(_fact: facts.ComplaintLate, _names: Names) -> str:
    return _("Late: whoever sees to it was reminded")


def _erased(_fact: facts.ComplaintWordsErased, _names: Names) -> str:
    return _("What was said was erased: its time is over")


PRESENTERS: dict[type[Fact], Callable[[Any, Names], str]] = {
    facts.ComplaintReceived: _received,
    facts.ComplaintTaken: _taken,
    facts.ComplaintSpokenOf: _spoken_of,
    facts.ComplaintDecided: _decided,
    facts.ComplaintReopened: _reopened,
    facts.ComplaintRestricted: _restricted,
    facts.ComplaintLate: _late,
    facts.ComplaintWordsErased: _erased,
}
