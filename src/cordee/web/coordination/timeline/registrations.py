"""Sentences about people who register themselves."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.kernel.facts import Fact
from cordee.kernel.periods import local
from cordee.registration import facts
from cordee.web.components import formatting
from cordee.web.coordination.timeline.names import Names


def _opened(fact: facts.RegistrationOpened, names: Names) -> str:
    session = names.session(fact.session_id)
    if not fact.closes_at:
        return _("Registration open to everybody with the link of %(session)s") % {"session": session}
    known = names.sessions.get(fact.session_id)
    at = datetime.fromisoformat(fact.closes_at)
    here = local(at, known.time_zone) if known else at
    words = _("Registration on %(session)s open until %(day)s, %(time)s")
    return words % {
        "session": session,
        "day": formatting.short_day(here),
        "time": formatting.clock(here),
    }


def _closed(fact: facts.RegistrationClosed, names: Names) -> str:
    return _("Registration on %(session)s closed") % {"session": names.session(fact.session_id)}


def _asked(fact: facts.RegistrationAsked, names: Names) -> str:
    words = _("Somebody registered on %(session)s; a mail asks them to confirm")
    return words % {"session": names.session(fact.session_id)}


def _waiting(fact: facts.PutOnWaitingList, names: Names) -> str:
    words = _("Somebody is on the waiting list of %(session)s")
    return words % {"session": names.session(fact.session_id)}


def several_asked(given: Sequence[Any], names: Names) -> str:
    n = len({fact.registration_id for fact in given})
    words = ngettext(
        "%(n)d person registered on %(session)s; a mail asks them to confirm",
        "%(n)d people registered on %(session)s; a mail asks each to confirm",
        n,
    )
    return words % {"n": n, "session": names.session(given[0].session_id)}


def several_waiting(given: Sequence[Any], names: Names) -> str:
    n = len({fact.registration_id for fact in given})
    words = ngettext(
        "%(n)d person put on the waiting list of %(session)s",
        "%(n)d people put on the waiting list of %(session)s",
        n,
    )
    return words % {"n": n, "session": names.session(given[0].session_id)}


def _moved_up(fact: facts.MovedUp, names: Names) -> str:
    n = len(fact.registration_ids)
    words = (
        ngettext(
            "%(n)d person let in on %(session)s before their turn",
            "%(n)d people let in on %(session)s before their turn",
            n,
        )
        if fact.by_hand
        else ngettext(
            "%(n)d person moved up from the waiting list of %(session)s",
            "%(n)d people moved up from the waiting list of %(session)s",
            n,
        )
    )
    return words % {"n": n, "session": names.session(fact.session_id)}


def _left(fact: facts.WaitingListLeft, names: Names) -> str:
    words = _("Somebody left the waiting list of %(session)s")
    return words % {"session": names.session(fact.session_id)}


def _removed(fact: facts.RegistrationRemoved, names: Names) -> str:
    words = (
        _("Somebody taken off the waiting list of %(session)s")
        if fact.waited
        else _("An unconfirmed registration on %(session)s taken off")
    )
    return words % {"session": names.session(fact.session_id)}


PRESENTERS: dict[type[Fact], Callable[[Any, Names], str]] = {
    facts.RegistrationOpened: _opened,
    facts.RegistrationClosed: _closed,
    facts.RegistrationAsked: _asked,
    facts.PutOnWaitingList: _waiting,
    facts.MovedUp: _moved_up,
    facts.WaitingListLeft: _left,
    facts.RegistrationRemoved: _removed,
}
