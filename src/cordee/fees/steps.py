"""What fees say of missions: how many were asked for, how many are left to ask for."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.fees import queries
from cordee.fees.models import FeeLine
from cordee.fees.states import RequestKind, RequestStatus
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Count, Look, Step, StepCode, Told
from cordee.missions.models import Mission, OrderLine
from cordee.missions.states import MissionStatus
from cordee.missions.steps import lines_of, missions
from cordee.planning.steps import Standing, standing

REQUESTED = Count("requested")
"""Prestations in a fee request that stands."""
TO_REQUEST = Count("to_request")
"""Prestations held that are in none."""


def tell(look: Look) -> dict[int, Told]:
    """Say of each mission which fees were asked for, which are to be, and whether what coordination pays is
    known. Rates are read last: only once nothing else is missing.
    """
    return {pk: _told(mission, look) for pk, mission in look.at(missions).items()}


def fee_lines(look: Look) -> dict[int, list[FeeLine]]:
    """Return every fee ever asked for with its request, released ones included, oldest first, by mission."""
    found: dict[int, list[FeeLine]] = defaultdict(list)
    for line in queries.all_lines(look.mission_ids):
        found[line.request.mission_id].append(line)
    return found


def _told(mission: Mission, look: Look) -> Told:
    lines, sessions = look.at(lines_of)[mission.pk], look.at(standing)[mission.pk]
    fees = look.at(fee_lines)[mission.pk]
    live = [fee for fee in fees if not fee.released and fee.session_id is not None]
    requested = Counter(fee.line_id for fee in live)
    to_request = _to_request(sessions, live)
    counts = {line.pk: {REQUESTED: requested[line.pk], TO_REQUEST: to_request[line.pk]} for line in lines}
    return Told(
        steps=[*_fees(sessions, fees, to_request.total(), look), *_coordination(mission, counts, look)],
        counts=counts,
    )


def _to_request(sessions: Sequence[Standing], live: Sequence[FeeLine]) -> Counter[int]:
    """Return the prestations held for which no fee stands, by order line."""
    asked = {(fee.session_id, fee.facilitator_id) for fee in live}
    held = ((at.session, place) for at in sessions for place in at.held)
    return Counter(s.line_id for s, place in held if (s.pk, place.facilitator_id) not in asked)


def _fees(sessions: Sequence[Standing], fees: Sequence[FeeLine], missing: int, look: Look) -> Iterator[Step]:
    if missing:
        last = max(at.session.ends_at for at in sessions if at.has_ended)
        yield Step(
            code=StepCode.FEES_TO_REQUEST,
            message=ngettext(
                "The fee of %(n)d prestation is to be asked for.",
                "The fees of %(n)d prestations are to be asked for.",
                missing,
            )
            % {"n": missing},
            fix=_("Finance returned the last request: read why, put it right and ask again.")
            if _last_was_returned(fees)
            else _("Check them and send the request."),
            turn=Turn.COORDINATOR,
            due_on=look.day(last) + timedelta(days=7),
        )


def _last_was_returned(fees: Sequence[FeeLine]) -> bool:
    requests = [fee.request for fee in fees if fee.request.kind == RequestKind.FACILITATION]
    return bool(requests) and max(requests, key=lambda r: r.pk).status == RequestStatus.RETURNED


def _coordination(mission: Mission, counts: Mapping[int, Mapping[Count, int]], look: Look) -> Iterator[Step]:
    for line in _unrated(mission, counts, look):
        yield Step(
            code=StepCode.NO_COORDINATION_FEE,
            message=_("No coordination fee is set for %(service)s (%(sector)s).")
            % {"service": line.service_type.name, "sector": mission.order.get_sector_display()},
            fix=_("Complete the fee schedule or the order line; give 0 if none is due."),
            turn=Turn.OPERATIONS,
            due_on=look.today,
        )


def _unrated(mission: Mission, counts: Mapping[int, Mapping[Count, int]], look: Look) -> list[OrderLine]:
    """Return the delivered lines for which nobody said what coordination pays. Known once nothing else is missing:
    only then is it asked for, two queries each.
    """
    lines = look.at(lines_of)[mission.pk]
    ready = all(line.quantity == counts[line.pk][REQUESTED] for line in lines)
    if not ready or mission.coordinator_id is None or mission.status == MissionStatus.CLOSED:
        return []
    delivered = [line for line in lines if line.quantity]
    rates = queries.coordination_rates(mission, delivered)
    return [line for line in delivered if line.pk not in rates]
