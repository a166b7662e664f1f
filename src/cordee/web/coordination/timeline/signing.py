"""What the timeline says of signatures."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.attendance import facts as attendance
from cordee.web.coordination.timeline.names import Names


def signed(fact: attendance.HalfDaySigned, names: Names) -> str:
    if fact.late:
        return _("Somebody signed for %(session)s afterwards") % {"session": names.session(fact.session_id)}
    return _("Somebody signed for %(session)s") % {"session": names.session(fact.session_id)}


def several_signed(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
    words = (
        ngettext(
            "%(n)d signature for %(session)s, given afterwards",
            "%(n)d signatures for %(session)s, given afterwards",
            n,
        )
        if facts[0].late
        else ngettext("%(n)d signature for %(session)s", "%(n)d signatures for %(session)s", n)
    )
    return words % {"n": n, "session": names.session(facts[0].session_id)}


def times_told(fact: attendance.TimesTold, names: Names) -> str:
    return _("It was said when somebody came to or left %(session)s") % {
        "session": names.session(fact.session_id)
    }


def times_told_often(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
    words = ngettext(
        "It was said %(n)d time when somebody came to or left %(session)s",
        "It was said %(n)d times when somebody came to or left %(session)s",
        n,
    )
    return words % {"n": n, "session": names.session(facts[0].session_id)}


def delivery_confirmed(fact: attendance.DeliveryConfirmed, names: Names) -> str:
    n, session = fact.present, names.session(fact.session_id)
    words = (
        ngettext(
            "The school confirmed %(session)s on paper, with %(n)d person",
            "The school confirmed %(session)s on paper, with %(n)d people",
            n,
        )
        if fact.on_paper
        else ngettext(
            "The school confirmed %(session)s, with %(n)d person",
            "The school confirmed %(session)s, with %(n)d people",
            n,
        )
    )
    return words % {"n": n, "session": session}


def countersigned(fact: attendance.HalfDayCountersigned, names: Names) -> str:
    return _("A half-day of %(session)s countersigned") % {"session": names.session(fact.session_id)}


def reopened(fact: attendance.HalfDayReopened, names: Names) -> str:
    return _("A half-day of %(session)s opened again") % {"session": names.session(fact.session_id)}


def belated_arrived(fact: attendance.BelatedSignatureArrived, names: Names) -> str:
    return _("A signature for %(session)s came late from a device without network") % {
        "session": names.session(fact.session_id)
    }


def belated_decided(fact: attendance.BelatedSignatureDecided, names: Names) -> str:
    session = {"session": names.session(fact.session_id)}
    if fact.counts:
        return _("A signature that came late counts for %(session)s") % session
    return _("A signature that came late does not count for %(session)s") % session


def several_countersigned(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
    words = ngettext(
        "%(n)d half-day of %(session)s countersigned", "%(n)d half-days of %(session)s countersigned", n
    )
    return words % {"n": n, "session": names.session(facts[0].session_id)}


def several_belated(facts: Sequence[Any], names: Names) -> str:
    n = len(facts)
    return ngettext(
        "%(n)d signature for %(session)s came late from a device without network",
        "%(n)d signatures for %(session)s came late from devices without network",
        n,
    ) % {"n": n, "session": names.session(facts[0].session_id)}
