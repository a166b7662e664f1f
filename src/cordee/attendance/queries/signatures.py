"""Reading signatures, and what was signed."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from cordee.attendance import rules
from cordee.attendance.models import BelatedSignature, DeliveryConfirmation, Reopening, Signature
from cordee.attendance.states import WORDING
from cordee.enrolment.models import Enrolment
from cordee.kernel.refusals import Blocker
from cordee.organisation.models import Organisation
from cordee.planning.models import HalfDay, Session
from cordee.planning.states import DeliveryMode

_OPENED_SINCE = Reopening.objects.filter(half_day_id=OuterRef("half_day_id"), round__gt=OuterRef("round"))
COUNTERSIGNED = Signature.objects.filter(~Exists(_OPENED_SINCE), enrolment=None)
"""The countersignatures that stand: their half-day was not opened again since."""


def statement(half_day: HalfDay, session: Session, organisation: Organisation) -> dict[str, Any]:
    """Return what people sign on this half-day, as it stands now; times are local to the session."""
    return {
        "organisation": {
            "name": organisation.name,
            "siret": organisation.siret,
            "activity_declaration_number": organisation.activity_declaration_number,
        },
        "client": session.mission.order.client.name,
        "session": session.ref,
        "title": session.title,
        "half_day": half_day.position,
        "day": half_day.day.isoformat(),
        "starts": half_day.starts.isoformat("minutes"),
        "ends": half_day.ends.isoformat("minutes"),
        "time_zone": session.time_zone,
        "place": session.place or session.address,
        "remote": session.mode == DeliveryMode.REMOTE,
        "wording": WORDING,
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a statement, written as JSON with sorted keys, without spaces, in UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


LEAST_POINTS = 12
"""Of a drawing to be told from another: a short stroke or a cross is the same in many hands."""
_GRID = 500
"""Parts of the longer side: the same drawing in a larger box is the same."""


def print_of(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """Return what is the same for the same drawing, wherever in the box, however large and however fast it was made:
    the SHA-256 of its points on a grid, in order. Empty where too little was drawn to tell.
    """
    points = [(point[0], point[1]) for stroke in strokes for point in stroke]
    if len(points) < LEAST_POINTS:
        return ""
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    side = max(*(x - left for x, _y in points), *(y - top for _x, y in points), 1)
    parts = (
        [((point[0] - left) * _GRID // side, (point[1] - top) * _GRID // side) for point in stroke]
        for stroke in strokes
    )
    return sha256(json.dumps(list(parts), separators=(",", ":")).encode()).hexdigest()


def signed(half_day_id: int) -> dict[int, Signature]:
    """Return the signatures of participants on a half-day, by enrolment, without what was drawn."""
    rows = Signature.objects.filter(half_day_id=half_day_id, assignment=None).defer("strokes")
    return {row.enrolment_id: row for row in rows if row.enrolment_id}


def signed_on(session_id: int) -> dict[int, dict[int, Signature]]:
    """Return the signatures of participants on a session, by half-day and enrolment, without what was drawn."""
    rows = Signature.objects.filter(half_day__session_id=session_id, assignment=None).defer("strokes")
    found: dict[int, dict[int, Signature]] = {}
    for row in rows:
        if row.enrolment_id:
            found.setdefault(row.half_day_id, {})[row.enrolment_id] = row
    return found


def signed_by(enrolment_id: int) -> dict[int, Signature]:
    """Return the signatures of a participant, by half-day, without what was drawn."""
    rows = Signature.objects.filter(enrolment_id=enrolment_id).defer("strokes")
    return {row.half_day_id: row for row in rows}


def rounds(half_day_id: int) -> int:
    """Return how often a half-day was opened again after it had been countersigned."""
    return Reopening.objects.filter(half_day_id=half_day_id).count()


def standing_countersignatures(session_id: int) -> dict[int, list[Signature]]:
    """Return the countersignatures that stand on a session, by half-day, in the order they were given."""
    rows = COUNTERSIGNED.filter(half_day__session_id=session_id)
    found: dict[int, list[Signature]] = {}
    for row in rows.select_related("assignment__facilitator__user").defer("strokes").order_by("pk"):
        found.setdefault(row.half_day_id, []).append(row)
    return found


def is_frozen(half_day: HalfDay) -> bool:
    """Tell whether a countersignature stands on a half-day."""
    return half_day.pk in standing_countersignatures(half_day.session_id)


def given_on(session_ids: Iterable[int]) -> list[Signature]:
    """Return every signature that stands on these sessions, of participants and facilitators, with what was drawn and
    what it was given for, in the order they were given: one query.
    """
    found = Signature.objects.filter(~Exists(_OPENED_SINCE) | Q(assignment=None))
    found = found.filter(half_day__session_id__in=set(session_ids)).select_related("statement", "half_day")
    return list(found.order_by("pk"))


def drawn(signature: Signature | DeliveryConfirmation) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return what somebody drew, without its moments: strokes of points, in units of the signing area."""
    return tuple(tuple((x, y) for x, y, _ms in stroke) for stroke in signature.strokes if stroke)


def all_given(session_id: int) -> list[Signature]:
    """Return every signature of a session, those that no longer stand too, with all that was kept: one query."""
    rows = Signature.objects.filter(half_day__session=session_id).select_related("statement", "half_day")
    return list(rows.order_by("pk"))


def reopenings(session_id: int) -> list[Reopening]:
    """Return when and why half-days of a session were opened again, in one query."""
    return list(
        Reopening.objects.filter(half_day__session=session_id).select_related("half_day").order_by("pk")
    )


def with_print(prints: Iterable[str]) -> list[Signature]:
    """Return the signatures with one of these prints, on any session, each with whose it is: one query."""
    found = Signature.objects.filter(ink_print__in={p for p in prints if p})
    return list(found.select_related("enrolment", "assignment").defer("strokes"))


def closed_to(person: Enrolment, half_day: HalfDay) -> Iterator[Blocker]:
    """Say why somebody cannot sign for a half-day now, before anything is drawn."""
    yield from rules.is_expected(person)
    yield from rules.can_be_signed_now(half_day, "")
    yield from rules.is_not_frozen(frozen=is_frozen(half_day))


def signature_of_key(key: UUID) -> Signature | None:
    """Return the signature that a page sent under this key, if it arrived."""
    return Signature.objects.filter(key=key).first()


def belated_to_decide(session_ids: Collection[int]) -> list[BelatedSignature]:
    """Return the signatures that came too late on these sessions and of which nothing was said, in a single query."""
    rows = BelatedSignature.objects.filter(half_day__session__in=session_ids, decision=None)
    return list(rows.select_related("half_day", "enrolment__participant").order_by("pk"))


def belated_keys(session_ids: Collection[int]) -> set[UUID]:
    """Return the keys of signatures on these sessions that came late from a device without network, in one query."""
    rows = BelatedSignature.objects.filter(half_day__session__in=session_ids)
    return set(rows.values_list("key", flat=True))


def belated(session_id: int, belated_id: int) -> BelatedSignature | None:
    """Return one of a session."""
    rows = BelatedSignature.objects.select_related("half_day", "enrolment__participant", "decision")
    return rows.filter(half_day__session=session_id, pk=belated_id).first()
