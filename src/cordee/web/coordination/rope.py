"""The rope of a mission: how far each knot from order to closed has come."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.closure.queries import Progress
from cordee.conformity.steps import PROVEN
from cordee.enrolment.steps import ENROLLED
from cordee.enrolment.steps import enrolled as on_lists
from cordee.fees.steps import REQUESTED
from cordee.missions.states import MissionStatus
from cordee.missions.steps import EXPECTED, ORDERED
from cordee.planning.steps import CONFIRMED, HELD, PLANNED, standing
from cordee.web.components.formatting import short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Knot:
    """One knot, as the rope component takes it. `complete` says whether nothing is left to do for it."""

    label: str
    count: str
    url: str
    complete: bool
    state: str = "todo"


def knots(progress: Progress, *, fees_url: str) -> list[Knot]:
    """Return the knots from order to closed: those that are complete, the one at hand, those to come."""
    if progress.mission.status == MissionStatus.CLOSED:
        return [replace(knot, state="done") for knot in _knots(progress, fees_url)]
    found, at_hand = [], False
    for knot in _knots(progress, fees_url):
        state = "done" if knot.complete else "todo" if at_hand else "now"
        at_hand = at_hand or not knot.complete
        found.append(replace(knot, state=state))
    return found


def _knots(progress: Progress, fees_url: str) -> Iterator[Knot]:
    told = (ORDERED, PLANNED, CONFIRMED, HELD, PROVEN, REQUESTED)
    ordered, planned, confirmed, held, proven, requested = map(progress.total, told)
    all_planned = planned >= ordered
    yield Knot(
        label=_("Ordered"),
        count=ngettext("%(n)d prestation", "%(n)d prestations", ordered) % {"n": ordered},
        url="#order",
        complete=True,
    )
    yield Knot(label=_("Planned"), count=_of(planned, ordered), url="#sessions", complete=all_planned)
    yield Knot(
        label=_("Staffed"),
        count=_("%(n)d / %(all)d confirmed") % {"n": confirmed, "all": planned or ordered},
        url="#sessions",
        complete=confirmed >= planned > 0,  # those still to plan are the knot before
    )
    yield _enrolled(progress, all_planned=all_planned)
    yield Knot(label=_("Held"), count=_of(held, ordered), url="#sessions", complete=held >= ordered)
    yield Knot(label=_("Proven"), count=_of(proven, ordered), url="#sessions", complete=proven >= ordered)
    yield Knot(label=_("Fees"), count=_of(requested, ordered), url=fees_url, complete=requested >= ordered)
    closed_at = progress.mission.closed_at
    yield Knot(
        label=_("Closure"),
        count=short_day(closed_at) if closed_at else _("by itself"),
        url="#closure",
        complete=closed_at is not None,
    )


def _enrolled(progress: Progress, *, all_planned: bool) -> Knot:
    """Enrolled is complete when no session waits for its list; a list is optional in education."""
    expected, enrolled = progress.total(EXPECTED), progress.total(ENROLLED)
    sessions = progress.look.at(standing)[progress.mission.pk]
    optional = progress.mission.order.sector in ENROLMENT_OPTIONAL
    on_list = progress.look.at(on_lists)
    waiting = any(not at.has_ended and not on_list.get(at.session.pk) for at in sessions)
    if optional and not enrolled:  # noqa: SIM108 - two sentences read better than one
        count = _("optional")
    else:
        count = _of(enrolled, expected) if expected else str(enrolled)
    complete = all_planned and bool(sessions) and (optional or not waiting)
    return Knot(label=_("Enrolled"), count=count, url="#sessions", complete=complete)


def _of(part: int, whole: int) -> str:
    return f"{part} / {whole}"
