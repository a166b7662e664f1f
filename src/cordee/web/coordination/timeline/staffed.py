"""Sentences about sessions and who runs them."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.planning import facts as planning
from cordee.planning.states import AssignmentStatus, StaffRole
from cordee.web.coordination.timeline.names import Names

MOST_NAMES = 4


def session_planned(fact: planning.SessionPlanned, names: Names) -> str:
    session = names.session(fact.session_id)
    if fact.reason_id:
        words = _("%(session)s regularised: %(reason)s")
        return words % {"session": session, "reason": names.reason(fact.reason_id)}
    return _("%(session)s planned") % {"session": session}


def sessions_planned(facts: Sequence[Any], names: Names) -> str:
    return ngettext("%(n)d session planned", "%(n)d sessions planned", len(facts)) % {"n": len(facts)}


def session_changed(fact: planning.SessionChanged, names: Names) -> str:
    session = names.session(fact.session_id)
    if fact.reason_id:
        words = _("%(session)s corrected after it began: %(reason)s")
        return words % {"session": session, "reason": names.reason(fact.reason_id)}
    if fact.informs:
        return _(
            "%(session)s changed; those who come are told, unless it was put back before the news left"
        ) % {"session": session}
    return _("%(session)s changed") % {"session": session}


def session_cancelled(fact: planning.SessionCancelled, names: Names) -> str:
    words = _("%(session)s cancelled: %(reason)s")
    return words % {"session": names.session(fact.session_id), "reason": names.reason(fact.reason_id)}


def session_restored(fact: planning.SessionRestored, names: Names) -> str:
    words = _("%(session)s takes place after all; nobody had been told of the cancellation")
    return words % {"session": names.session(fact.session_id)}


def put_on(fact: planning.FacilitatorPutOn, names: Names) -> str:
    if fact.role == StaffRole.OBSERVER:
        words = _("%(name)s observes %(session)s")
    elif fact.status == AssignmentStatus.CONFIRMED:
        words = _("%(name)s runs %(session)s")
    else:
        words = _("%(name)s was asked to run %(session)s")
    return words % {"name": names.facilitator(fact.facilitator_id), "session": names.session(fact.session_id)}


def several_put_on(facts: Sequence[Any], names: Names) -> str:
    people = list(dict.fromkeys(names.facilitator(f.facilitator_id) for f in facts))
    shown = people[:MOST_NAMES]
    if len(people) > MOST_NAMES:
        left = len(people) - MOST_NAMES
        shown.append(ngettext("%(n)d other", "%(n)d others", left) % {"n": left})
    return _("%(names)s put on sessions") % {"names": get_text_list(shown, _("and"))}


def assignment_changed(fact: planning.AssignmentChanged, names: Names) -> str:
    words = {
        AssignmentStatus.CONFIRMED: _("%(name)s is confirmed on %(session)s"),
        AssignmentStatus.DECLINED: _("%(name)s declined %(session)s"),
        AssignmentStatus.WITHDRAWN: _("%(name)s no longer runs %(session)s"),
        AssignmentStatus.INVITED: _("%(name)s was asked again for %(session)s"),
    }[AssignmentStatus(fact.after)]
    return words % {"name": names.facilitator(fact.facilitator_id), "session": names.session(fact.session_id)}


def role_changed(fact: planning.RoleChanged, names: Names) -> str:
    words = (
        _("%(name)s now observes %(session)s")
        if fact.role == StaffRole.OBSERVER
        else _("%(name)s now counts as facilitator of %(session)s")
    )
    return words % {"name": names.facilitator(fact.facilitator_id), "session": names.session(fact.session_id)}
