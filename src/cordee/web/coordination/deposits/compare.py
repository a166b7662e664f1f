"""A deposited page beside its picture: what was read in each box, what somebody says of it, what is known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cordee.attendance import queries as attendance
from cordee.attendance.models import PRESENCE_LABELS
from cordee.attendance.states import HERE, PresenceState
from cordee.deposits import queries
from cordee.deposits.models import DepositedBox, DepositedPage
from cordee.deposits.rules import BoxMark, Said
from cordee.deposits.states import BoxKind
from cordee.enrolment import queries as enrolment
from cordee.enrolment.rules import Person
from cordee.planning.models import HalfDay, Session
from cordee.web.components.formatting import hours, short_day, zone
from cordee.web.numbers import an_id

SIGNED, EMPTY, ABSENT = "signed", "empty", "absent"
_AROUND = 0.25
"""How much of the picture around a box is shown with it, in heights of the box: strokes go over its edges."""
_NAME_FIELDS = ("first_name", "last_name", "email", "known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One box of the page, as the form asks for it."""

    name: str
    """Of the input."""
    label: str
    """Of the half-day."""
    view: str
    """The part of the picture that shows it, as an SVG viewBox; empty for what has no place."""
    value: str
    """What is chosen; empty while somebody has to say."""
    unsure: bool
    guess: str
    """What it rather looks like, in words, where it was unsure."""
    note: str
    """What is known of the person on this half-day that differs from paper, or stands whatever paper says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The boxes of one person."""

    row: int
    name: str
    kind: str
    cells: list[Cell]
    view: str
    """The whole line on the picture, for who writes down a name."""
    typed: Mapping[str, str]
    """What was typed of the person of a free line."""

    @property
    def free(self) -> bool:
        return self.kind == BoxKind.FREE

    @property
    def absence(self) -> bool:
        """Tell whether the line has a place to tick for who does not come."""
        return self.kind == BoxKind.ENROLMENT

    @property
    def unsure(self) -> bool:
        return any(cell.unsure for cell in self.cells)

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """Return the fields for the name of who signed on a free line: name, label, what was typed."""
        labels = {"first_name": _("First name"), "last_name": _("Last name"), "email": _("E-mail (optional)")}
        return [(name, label, self.typed[name]) for name, label in labels.items()]

    @property
    def used(self) -> bool:
        """Tell whether a free line was signed, or may have been."""
        return self.unsure or any(cell.value == SIGNED for cell in self.cells) or any(self.typed.values())


class Comparison:
    """What the form of a page shows; `typed` is what was sent with it."""

    def __init__(self, page: DepositedPage, typed: Mapping[str, str] | None) -> None:
        self.page = page
        self.typed = typed
        self.boxes = queries.boxes_of(page)
        self._before = self._confirmed_before()
        if page.session is None:
            raise ValueError("a page of no session is filed by hand")
        self._session = page.session
        self._session_id = page.session.pk
        self._marks = attendance.grid(self._session_id)
        self._on_screen = attendance.signed_on(self._session_id)

    def _confirmed_before(self) -> dict[int, Any]:
        last = queries.last_confirmation(self.page)
        return queries.confirmed_boxes(last) if last else {}

    def lines(self) -> list[Line]:
        """Return the lines of the page, those that somebody has to look at first."""
        rows: dict[int, list[DepositedBox]] = {}
        for box in self.boxes:
            rows.setdefault(box.row, []).append(box)
        lines = [self._line(row, boxes) for row, boxes in rows.items()]
        return sorted(lines, key=lambda line: not line.unsure)

    def said(self) -> Said:
        """Return what the form says."""
        typed = self.typed or {}
        marks = {
            box.pk: BoxMark(signed=said == SIGNED, absent_ticked=said == ABSENT)
            for box in self.boxes
            if (said := typed.get(_input(box), "")) in {SIGNED, EMPTY, ABSENT}
        }
        names: dict[int, Person] = {}
        known: dict[int, int] = {}
        for row in {box.row for box in self.boxes if box.kind == BoxKind.FREE}:
            values = self._typed_on(row)
            if (enrolment_id := an_id(values["known"])) and enrolment_id in self._others():
                known[row] = enrolment_id
            elif values["first_name"] or values["last_name"]:
                names[row] = Person(
                    first_name=values["first_name"], last_name=values["last_name"], email=values["email"]
                )
        return Said(marks=marks, names=names, known=known)

    def others(self) -> list[tuple[int, str]]:
        """Return who is on the list and not on this page: a free line may be theirs."""
        return list(self._others().items())

    def _others(self) -> dict[int, str]:
        here = {box.enrolment_id for box in self.boxes}
        people = enrolment.enrolments(self._session_id)
        return {e.pk: e.participant.full_name for e in people if e.pk not in here}

    def _typed_on(self, row: int) -> dict[str, str]:
        typed = self.typed or {}
        return {name: typed.get(f"{name}-{row}", "").strip() for name in _NAME_FIELDS}

    def _line(self, row: int, boxes: Sequence[DepositedBox]) -> Line:
        first = boxes[0]
        return Line(
            row=row,
            name=_name(first),
            kind=first.kind,
            cells=[self._cell(box) for box in boxes],
            view=_view_of_line(self.page, boxes) if first.kind == BoxKind.FREE else "",
            typed=self._typed_on(row) if self.typed else self._named_before(boxes),
        )

    def _named_before(self, boxes: Sequence[DepositedBox]) -> dict[str, str]:
        found = next((c for b in boxes if (c := self._before.get(b.pk)) and c.enrolment_id), None)
        known = str(found.enrolment_id) if found and boxes[0].kind == BoxKind.FREE else ""
        return dict.fromkeys(_NAME_FIELDS, "") | {"known": known}

    def _cell(self, box: DepositedBox) -> Cell:
        value = (self.typed or {}).get(_input(box), "") if self.typed is not None else self._proposed(box)
        unsure = box.unsure and box.pk not in self._before
        return Cell(
            name=_input(box),
            label=when(box.half_day, self._session) if box.half_day else _("hours that changed since"),
            view=_view(self.page, box),
            value=value,
            unsure=unsure,
            guess=_guess(box) if unsure else "",
            note=self._note(box, value),
        )

    def _proposed(self, box: DepositedBox) -> str:
        """Return what is chosen before anybody says: what was confirmed last, what was read for sure, or nothing."""
        if before := self._before.get(box.pk):
            return SIGNED if before.signed else ABSENT if before.absent_ticked else EMPTY
        if box.unsure or box.signed is None:
            return ""
        return SIGNED if box.signed else ABSENT if box.absent_ticked else EMPTY

    def _note(self, box: DepositedBox, value: str) -> str:
        if box.enrolment_id is None or box.half_day_id is None:
            return ""
        if box.enrolment_id in self._on_screen.get(box.half_day_id, {}):
            return _("signed on a screen: stays present")
        mark = self._marks.get((box.enrolment_id, box.half_day_id))
        if mark and value and (mark in HERE) != (value == SIGNED):
            return _("recorded so far: %(state)s") % {"state": PRESENCE_LABELS[PresenceState(mark)]}
        return ""


def when(half_day: HalfDay, session: Session) -> str:
    """Return the day and hours of a half-day where its session is, and the zone where that is elsewhere."""
    text = f"{short_day(half_day.day)} {hours(half_day.starts, half_day.ends)}"
    elsewhere = zone(session.time_zone)
    return f"{text} ({elsewhere})" if elsewhere else text


def _input(box: DepositedBox) -> str:
    return f"box-{box.pk}"


def _name(box: DepositedBox) -> str:
    if box.enrolment is not None:
        return str(box.enrolment.participant.full_name)
    if box.assignment is not None:
        return str(box.assignment.facilitator.full_name)
    return _("Free line %(n)d") % {"n": box.row}


def _guess(box: DepositedBox) -> str:
    if box.signed and box.absent_ticked:
        return _("looks signed, and ticked as absent")
    if box.absent_ticked:
        return _("looks ticked as absent")
    return _("looks signed") if box.signed else _("looks empty")


def _view(page: DepositedPage, box: DepositedBox) -> str:
    """Return the part of the picture around a box, within its edges."""
    if box.left is None or box.top is None or not box.width or not box.height:
        return ""
    around = round(box.height * _AROUND)
    return _frame(page, box.left - around, box.top - around, box.width + 2 * around, box.height + 2 * around)


def _view_of_line(page: DepositedPage, boxes: Sequence[DepositedBox]) -> str:
    first = boxes[0]
    if first.top is None or not first.height or not page.width:
        return ""
    around = round(first.height * _AROUND)
    return _frame(page, 0, first.top - around, page.width, first.height + 2 * around)


def _frame(page: DepositedPage, left: int, top: int, width: int, height: int) -> str:
    right, bottom = min(left + width, page.width or 0), min(top + height, page.height or 0)
    left, top = max(left, 0), max(top, 0)
    return f"{left} {top} {right - left} {bottom - top}" if right > left and bottom > top else ""
