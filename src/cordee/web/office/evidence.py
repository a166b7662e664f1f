"""The signatures of a session as evidence: what was drawn, and all that shows whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from cordee.attendance import queries as attendance
from cordee.attendance.models import WAY_LABELS, Signature
from cordee.attendance.states import Way
from cordee.conformity.queries import Ground
from cordee.documents.rendering import frame_of, lines_of
from cordee.enrolment import queries as enrolment
from cordee.kernel.periods import local
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.web.components.markup import markup, markup_of_each
from cordee.web.signatures import when


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One signature. Times: by the server where the session is, in UTC, and by the device in UTC."""

    name: str
    facilitator: bool
    drawing: SafeString | str
    typed_name: str
    way: str
    at: datetime
    at_utc: str
    device_at_utc: str
    device: str
    address: str
    wording: str
    statement: str
    late_because: str


@dataclass(frozen=True, slots=True)
class HalfOfProof:
    """One half-day with its signatures: of those who came, then of those who ran it."""

    when: str
    proofs: Sequence[Proof]


def evidence(session: Session, ground: Ground) -> list[HalfOfProof]:
    """Return every signature that stands on a session, by half-day: no query, but for two where somebody signed who is
    no longer on its list or no longer confirmed to run it.
    """
    people = {e.pk: e.participant.full_name for e in ground.people.get(session.pk, ())}
    staff = {a.pk: a.facilitator.full_name for a in ground.staff.get(session.pk, ())}
    given: dict[int, list[Signature]] = {}
    for signature in ground.given.get(session.pk, ()):
        given.setdefault(signature.half_day_id, []).append(signature)
    if any(not _is_known(s, people, staff) for found in given.values() for s in found):
        people = {e.pk: e.participant.full_name for e in enrolment.told_about(session.pk)}
        staff = {a.pk: a.facilitator.full_name for a in planning.assignments(session.pk)}

    def proof(signature: Signature) -> Proof:
        if signature.assignment_id:
            return _proof(signature, session, staff.get(signature.assignment_id, ""))
        return _proof(signature, session, people.get(signature.enrolment_id or 0, ""))

    return [
        HalfOfProof(
            when(half_day, session),
            sorted(map(proof, given.get(half_day.pk, [])), key=lambda p: (p.facilitator, p.at)),
        )
        for half_day in ground.half_days.get(session.pk, ())
    ]


def _is_known(signature: Signature, people: Mapping[int, str], staff: Mapping[int, str]) -> bool:
    return signature.assignment_id in staff or signature.enrolment_id in people


def _proof(signature: Signature, session: Session, name: str) -> Proof:
    return Proof(
        name=name,
        facilitator=signature.assignment_id is not None,
        drawing=_picture(signature),
        typed_name=signature.typed_name,
        way=str(WAY_LABELS[Way(signature.way)]),
        at=local(signature.signed_at, session.time_zone),
        at_utc=_utc(signature.signed_at),
        device_at_utc=_utc(signature.device_at) if signature.device_at else "",
        device=signature.device,
        address=signature.address or "",
        wording=str(signature.statement.content.get("wording", "")),
        statement=signature.statement.digest,
        late_because=signature.late_because,
    )


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _picture(signature: Signature) -> SafeString | str:
    """Return what was drawn as a picture to stand in the page; nothing where nothing was."""
    strokes = attendance.drawn(signature)
    if not strokes:
        return ""
    return markup(
        '<svg class="ink" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>',
        frame_of(strokes),
        markup_of_each('<path d="{}"/>', ((line,) for line in lines_of(strokes))),
    )
