"""All that proves a session, as files to be sealed."""

import json
from collections.abc import Iterator
from typing import Any

from cordee.attendance import queries as attendance
from cordee.attendance.models import Reopening, Signature
from cordee.conformity import queries as conformity
from cordee.deposits import queries as deposits
from cordee.deposits.states import ENDINGS, Kind
from cordee.documents.rendering import drawing
from cordee.enrolment import queries as enrolment
from cordee.evidence.queries.final_sheet import final_sheet
from cordee.files import queries as files
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session


def contents(session: Session) -> dict[str, bytes]:
    """Return the final sheet, the presence table, the signatures with what shows who gave them, the decisions on the
    sheet, and the sheets of paper as they were deposited: names and bytes.

    A file with pages of other sessions, too, is not in it: only its pages of this one are, as they were straightened.
    """
    half_days = planning.half_days(session.pk)
    drawn = attendance.all_given(session.pk)
    return {
        "sheet.pdf": final_sheet(session),
        "presence.json": _json(list(_presence(session, half_days))),
        "signatures.json": _json([_signature(s) for s in drawn]),
        **dict(_school(session)),
        "reopenings.json": _json([_reopening(r) for r in attendance.reopenings(session.pk)]),
        "review.json": _json([_decision(d) for d in conformity.decisions(conformity.review_of(session.pk))]),
        **{f"signatures/{s.pk}.svg": drawing(attendance.drawn(s)).encode() for s in drawn if s.strokes},
        **dict(_paper(session)),
    }


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _presence(session: Session, half_days: list[HalfDay]) -> Iterator[dict[str, Any]]:
    states, stays = attendance.grid(session.pk), attendance.stays(session.pk)
    for person in enrolment.enrolments(session.pk):
        yield {
            "enrolment": person.pk,
            "first_name": person.participant.first_name,
            "last_name": person.participant.last_name,
            "email": person.participant.email,
            "half_days": [
                {
                    "day": half_day.day.isoformat(),
                    "starts_at": half_day.starts_at.isoformat(),
                    "ends_at": half_day.ends_at.isoformat(),
                    "presence": states.get((person.pk, half_day.pk)),
                    "minutes": stay.minutes if (stay := stays.get((person.pk, half_day.pk))) else None,
                    "arrived_at": stay.arrived_at.isoformat() if stay and stay.arrived_at else None,
                    "left_at": stay.left_at.isoformat() if stay and stay.left_at else None,
                }
                for half_day in half_days
            ],
        }


def _signature(signature: Signature) -> dict[str, Any]:
    return {
        "signature": signature.pk,
        "enrolment": signature.enrolment_id,
        "assignment": signature.assignment_id,
        "half_day": signature.half_day.position,
        "day": signature.half_day.day.isoformat(),
        "way": signature.way,
        "signed_at": signature.signed_at.isoformat(),
        "device_at": signature.device_at.isoformat() if signature.device_at else None,
        "device": signature.device,
        "address": signature.address,
        "strokes": signature.strokes,
        "typed_name": signature.typed_name,
        "late_because": signature.late_because,
        "round": signature.round,
        "statement": signature.statement.content,
        "statement_sha256": signature.statement.digest,
    }


def _school(session: Session) -> Iterator[tuple[str, bytes]]:
    """What the contact of a school confirmed, where no list is kept."""
    confirmed = attendance.delivery(session.pk)
    if confirmed is None:
        return
    told = {
        "class": confirmed.class_name,
        "present": confirmed.present,
        "name": confirmed.name,
        "function": confirmed.function,
        "on_paper": confirmed.on_paper,
        "confirmed_at": confirmed.confirmed_at.isoformat(),
        "device_at": confirmed.device_at.isoformat() if confirmed.device_at else None,
        "device": confirmed.device,
        "address": confirmed.address,
        "strokes": confirmed.strokes,
        "typed_name": confirmed.typed_name,
        "statement": confirmed.statement.content,
        "statement_sha256": confirmed.statement.digest,
    }
    yield "confirmation.json", _json(told)
    if confirmed.strokes:
        yield "confirmation.svg", drawing(attendance.drawn(confirmed)).encode()


def _reopening(reopening: Reopening) -> dict[str, Any]:
    return {
        "half_day": reopening.half_day.position,
        "round": reopening.round,
        "reason": reopening.reason,
        "at": reopening.at.isoformat(),
    }


def _decision(decision: Any) -> dict[str, Any]:
    return {
        "round": decision.round,
        "move": decision.move,
        "findings": decision.findings,
        "reasons": decision.reasons,
        "note": decision.note,
        "at": decision.at.isoformat(),
    }


def _paper(session: Session) -> Iterator[tuple[str, bytes]]:
    for original in deposits.originals(session.pk):
        if original.all_of_it:
            ending = ENDINGS[Kind(original.stored.content_type)]
            yield f"originals/{original.file_id}.{ending}", files.content(original.stored)
        else:
            for page_id, picture in original.pages:
                yield f"originals/{original.file_id}-page-{page_id}.jpg", files.content(picture)
