"""The final sheet of a session: what was signed on screens and on paper, on one sheet."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from cordee.attendance import queries as attendance
from cordee.attendance.models import PRESENCE_LABELS, Signature
from cordee.attendance.states import HERE, PresenceState
from cordee.deposits import queries as deposits
from cordee.documents import queries as documents
from cordee.documents.rendering import SheetData, SheetMark, SheetSchool, render_sheet
from cordee.kernel.periods import clock_text, local
from cordee.planning import queries as planning
from cordee.planning.models import Session


def final_sheet(session: Session) -> bytes:
    """Return it as PDF (PDF/A): the same signatures are the same bytes on one day."""
    sheet = documents.sheet_of(session)
    with translation.override(sheet.language):
        return render_sheet(_filled(sheet, session)).content


def _filled(sheet: SheetData, session: Session) -> SheetData:
    half_days = [half_day.pk for half_day in planning.half_days(session.pk)]
    drawn = attendance.given_on([session.pk])
    paper = deposits.of_sessions([session.pk])[session.pk]
    marks = attendance.grid(session.pk)
    people = {(s.enrolment_id, s.half_day_id): s for s in drawn if s.enrolment_id}
    signers = {(s.assignment_id, s.half_day_id): s for s in drawn if s.assignment_id}

    def of_person(enrolment_id: int, half_day_id: int) -> SheetMark:
        at = (enrolment_id, half_day_id)
        if at in people:
            return _drawn(people[at], session)
        if at in paper.signed:
            return SheetMark(words=_("signed on paper"))
        return _absent(marks, at)

    def of_facilitator(assignment_id: int, half_day_id: int) -> SheetMark:
        at = (assignment_id, half_day_id)
        if at in signers:
            return _drawn(signers[at], session)
        return SheetMark(words=_("signed on paper") if at in paper.countersigned else "")

    return replace(
        sheet,
        final=True,
        blank_rows=0,
        school=_school(sheet, session),
        participants=tuple(
            replace(p, marks=tuple(of_person(p.enrolment_id or 0, pk) for pk in half_days))
            for p in sheet.participants
        ),
        facilitators=tuple(
            replace(f, marks=tuple(of_facilitator(f.assignment_id or 0, pk) for pk in half_days))
            for f in sheet.facilitators
        ),
    )


def _school(sheet: SheetData, session: Session) -> SheetSchool | None:
    """Return what the contact of the school confirmed."""
    confirmed = attendance.delivery(session.pk)
    if confirmed is None:
        return sheet.school
    at = clock_text(
        local(confirmed.confirmed_at, session.time_zone).time(), translation.get_language() or "fr"
    )
    mark = SheetMark(words=_("signed on paper"))
    if not confirmed.on_paper:
        strokes = attendance.drawn(confirmed)
        mark = (
            SheetMark(strokes=strokes, words=_("signed"), detail=at)
            if strokes
            else SheetMark(words=confirmed.typed_name, detail=f"{_('typed')}, {at}")
        )
    return SheetSchool(
        class_name=confirmed.class_name,
        present=str(confirmed.present),
        name=f"{confirmed.name}, {confirmed.function}",
        mark=mark,
    )


def _drawn(signature: Signature, session: Session) -> SheetMark:
    at = clock_text(local(signature.signed_at, session.time_zone).time(), translation.get_language() or "fr")
    if strokes := attendance.drawn(signature):
        return SheetMark(strokes=strokes, words=_("signed"), detail=at)
    return SheetMark(words=signature.typed_name, detail=f"{_('typed')}, {at}")


def _absent(marks: Mapping[tuple[int, int], str], at: tuple[int, int]) -> SheetMark:
    state = marks.get(at)
    if state is None or state in HERE:
        return SheetMark()
    return SheetMark(words=str(PRESENCE_LABELS[PresenceState(state)]))
