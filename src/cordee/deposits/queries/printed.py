"""Whose the boxes of a printed page are, in the session as it is now."""

from dataclasses import dataclass
from functools import cached_property

from cordee.deposits.states import BoxKind
from cordee.documents.reading import PrintedPage, page_named, who_is_in
from cordee.planning import queries as planning

__all__ = ["BoxOf", "Owners", "PrintedPage", "page_named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxOf:
    """Who signs in a box, and for which half-day."""

    position: int
    """On the page, row by row, from 1."""
    row: int
    """On the page, from 1: the boxes of one person have one."""
    kind: BoxKind
    enrolment_id: int | None
    assignment_id: int | None
    half_day_id: int | None
    """Nothing where the session has no half-day at these hours any more."""


class Owners:
    """Says of each box of a printed page whose it is."""

    def __init__(self, printed: PrintedPage) -> None:
        self._printed = printed
        keys = [box.key for box in printed.layout.boxes]
        self._positions = {key: position for position, key in enumerate(keys, 1)}
        rows = dict.fromkeys(_row_of(key) for key in keys)
        self._rows = {row: number for number, row in enumerate(rows, 1)}

    @cached_property
    def _half_days(self) -> dict[tuple[object, object], int]:
        return {(h.day, h.starts): h.pk for h in planning.half_days(self._printed.sheet.session_id)}

    def of(self, key: str) -> BoxOf | None:
        """Return whose box the reader names so; nothing for somebody printed whom no list knows."""
        who = who_is_in(self._printed.sheet, key)
        kind = BoxKind(who.kind)
        if kind != BoxKind.FREE and who.enrolment_id is None and who.assignment_id is None:
            return None
        return BoxOf(
            position=self._positions[key],
            row=self._rows[_row_of(key)],
            kind=kind,
            enrolment_id=who.enrolment_id,
            assignment_id=who.assignment_id,
            half_day_id=self._half_days.get((who.day, who.starts)),
        )


def _row_of(key: str) -> str:
    return key.rpartition(":")[0]
