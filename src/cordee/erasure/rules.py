"""Who erases people, and what has to be over first."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.states import MissionStatus


def may_erase(actor: Actor) -> Iterator[Blocker]:
    """An administrator answers for personal data; so does the operator's command."""
    if not actor.may(Permission.MANAGE_PEOPLE):
        yield Blocker(
            "not_administrator",
            _("Only an administrator erases people."),
            _("Ask an administrator."),
            Turn.ADMINISTRATOR,
        )


def proof_is_complete(places: Iterable[Enrolment]) -> Iterator[Blocker]:
    """What proves a training is made with names (GDPR, article 17(3)(b)): it is complete once the mission is closed."""
    running = {
        place.session.mission
        for place in places
        if place.cancelled_at is None and place.session.mission.status != MissionStatus.CLOSED
    }
    for mission in sorted(running, key=lambda one: one.ref):
        yield Blocker(
            "still_running",
            _("Mission %(mission)s is not closed: what proves who was there is not complete.")
            % {"mission": mission.ref},
            _("Close it first, or take them off its lists."),
            Turn.COORDINATOR,
        )


def nothing_of_theirs_is_open(refs: Iterable[str]) -> Iterator[Blocker]:
    """A complaint of theirs is decided first; one of which who asks may not know has no number here."""
    for ref in refs:
        yield Blocker(
            "complaint_open",
            _("Complaint %(ref)s of theirs is not decided.") % {"ref": ref}
            if ref
            else _("Something of theirs is open at quality."),
            _("Decide it: they are told.") if ref else _("Ask quality."),
            Turn.QUALITY,
        )
