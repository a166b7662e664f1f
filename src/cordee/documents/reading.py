"""Printed pages as a reader of pictures wants them: by their code, and whose each box is."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from cordee.documents.models import PrintedSheet
from cordee.documents.queries import printed_sheet
from cordee.documents.rendering import RowKind
from cordee.scans.pages import BoxPlace, PageLayout

_PARTS: Final = 3


@dataclass(frozen=True, kw_only=True)
class PrintedPage:
    """A page of a version of a sheet."""

    sheet: PrintedSheet
    page: int
    """From 1."""

    @property
    def session_ref(self) -> str:
        return str(self.sheet.session.ref)

    @property
    def layout(self) -> PageLayout:
        return layout_of(self.sheet, self.page)


@dataclass(frozen=True, kw_only=True)
class InBox:
    """Who signs in a box, and for when, as it was printed."""

    kind: RowKind
    name: str
    """Empty on a free line."""
    row: int
    """As printed before the name; of facilitators, from 1."""
    half_day: int
    """Column, from 1."""
    day: date
    starts: time
    ends: time
    """Local, of the session."""
    enrolment_id: int | None
    assignment_id: int | None


def page_named(code: str) -> PrintedPage | None:
    """Return the page whose QR code says this, or nothing when we never printed it."""
    parts = code.rsplit("/", _PARTS)
    if len(parts) <= _PARTS or not (_is_number(parts[2]) and _is_number(parts[3])):
        return None
    sheet = printed_sheet(parts[1], int(parts[2]))
    # Another house may have a session of the same name: its codes begin otherwise.
    if sheet is None or sheet.data["codes_at"] != f"{parts[0]}/":
        return None
    page = int(parts[3])
    return PrintedPage(sheet=sheet, page=page) if 1 <= page <= len(sheet.layout) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4  # noqa: PLR2004 - pages and versions are few


def layout_of(printed: PrintedSheet, page: int) -> PageLayout:
    """Return where everything lies on a page (from 1) of a printed sheet; keys of boxes are for `who_is_in`."""
    drawn = printed.layout[page - 1]
    tick_left, tick_size = drawn["tick"]
    return PageLayout(
        width=drawn["width"],
        height=drawn["height"],
        marks=tuple((left + size / 2, top + size / 2) for left, top, size in drawn["marks"]),
        mark_size=drawn["marks"][0][2],
        code=tuple(drawn["code"]),
        boxes=tuple(
            BoxPlace(
                key=f"{kind}:{index}:{column}",
                left=left,
                top=top,
                width=width,
                height=height,
                tick=(tick_left, top + (height - tick_size) / 2, tick_size) if kind == "enrolment" else None,
            )
            for kind, index, top, height in drawn["rows"]
            for column, (left, width) in enumerate(drawn["columns"])
        ),
    )


def who_is_in(printed: PrintedSheet, key: str) -> InBox:
    """Return whose box this is, as `layout_of` named it."""
    name, index, column = key.split(":")
    kind = _KINDS[name]
    half_day = printed.data["half_days"][int(column)]
    people = printed.data["facilitators" if kind == "facilitator" else "participants"]
    person = {} if kind == "free" else people[int(index)]
    return InBox(
        kind=kind,
        name=f"{person.get('first_name', '')} {person.get('last_name', '')}".strip(),
        row=int(index) + 1,
        half_day=int(column) + 1,
        day=date.fromisoformat(half_day["date"]),
        starts=time.fromisoformat(half_day["starts"]),
        ends=time.fromisoformat(half_day["ends"]),
        enrolment_id=person.get("enrolment_id"),
        assignment_id=person.get("assignment_id"),
    )


_KINDS: Final[dict[str, RowKind]] = {"enrolment": "enrolment", "facilitator": "facilitator", "free": "free"}
