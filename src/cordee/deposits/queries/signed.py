"""What paper says of sessions: the pages that were deposited, and who signed where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from cordee.deposits.models import ConfirmedBox, DepositedPage
from cordee.deposits.rules import BoxMark
from cordee.deposits.states import BoxKind, PageState


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """One deposited page of a session; not those set aside."""

    page_id: int
    file_id: int
    state: PageState
    version: int | None
    """Of the printed sheet; nothing for a page that was filed by hand."""
    number: int | None
    """Of the page in that sheet, from 1."""
    pages: int | None
    """How many pages that sheet has."""
    quality: float | None
    problems: tuple[str, ...]
    deposited_at: datetime
    """In UTC."""

    @property
    def confirmed(self) -> bool:
        return self.state == PageState.CONFIRMED


@dataclass(frozen=True, slots=True)
class SessionSheets:
    """What was deposited for one session, and what was confirmed of it."""

    pages: list[SheetPage] = field(default_factory=list)
    """The oldest first."""
    marks: dict[tuple[int, int], BoxMark] = field(default_factory=dict)
    """By (enrolment, half-day): what the confirmed pages say; signed on one of them is signed."""
    countersigned: set[tuple[int, int]] = field(default_factory=set)
    """The (assignment, half-day) that a facilitator signed for."""

    without_name: dict[int, int] = field(default_factory=dict)
    """By half-day, how many signed on a free line without a name being asked for (education)."""

    @property
    def has_confirmed(self) -> bool:
        """Tell whether somebody said of a page what stands on it."""
        return any(page.state == PageState.CONFIRMED for page in self.pages)

    @property
    def signed(self) -> set[tuple[int, int]]:
        """Return the (enrolment, half-day) that are signed."""
        return {at for at, mark in self.marks.items() if mark.signed}


def of_sessions(session_ids: Iterable[int]) -> dict[int, SessionSheets]:
    """Return what was deposited for each of these sessions, in two queries; in one where no page is confirmed."""
    ids = set(session_ids)
    found: dict[int, SessionSheets] = {session_id: SessionSheets() for session_id in ids}
    pages = DepositedPage.objects.filter(session_id__in=ids).exclude(state=PageState.ASIDE)
    for page in pages.select_related("file__deposit", "sheet").order_by("pk"):
        found[page.session_id or 0].pages.append(_page(page))
    counted: set[tuple[object, ...]] = set()
    confirmed = {pk for pk, sheets in found.items() if sheets.has_confirmed}
    for session_id, box in _confirmed(confirmed) if confirmed else ():
        _note(found[session_id], box)
        _count(found[session_id], box, counted)
    return found


def _page(page: DepositedPage) -> SheetPage:
    return SheetPage(
        page_id=page.pk,
        file_id=page.file_id,
        state=PageState(page.state),
        version=page.sheet.version if page.sheet else None,
        number=page.page_of_sheet,
        pages=len(page.sheet.layout) if page.sheet else None,
        quality=page.quality,
        problems=tuple(page.problems),
        deposited_at=page.file.deposit.deposited_at,
    )


def _confirmed(session_ids: set[int]) -> Iterable[tuple[int, ConfirmedBox]]:
    """Return the boxes of the confirmations that stand, each with its session."""
    standing = ConfirmedBox.objects.filter(
        confirmation__page__session_id__in=session_ids,
        confirmation__page__state=PageState.CONFIRMED,
        confirmation__round=F("confirmation__page__round"),
        box__half_day__isnull=False,
    )
    rows = standing.select_related("box__page").annotate(of_session=F("confirmation__page__session_id"))
    return ((row.of_session, row) for row in rows)


def _note(sheets: SessionSheets, row: ConfirmedBox) -> None:
    half_day_id = row.box.half_day_id or 0
    if row.enrolment_id is not None:
        at = (row.enrolment_id, half_day_id)
        before = sheets.marks.get(at)
        if before is None or not before.signed:
            sheets.marks[at] = BoxMark(signed=row.signed, absent_ticked=row.absent_ticked)
    elif row.box.assignment_id is not None and row.signed:
        sheets.countersigned.add((row.box.assignment_id, half_day_id))


def _count(sheets: SessionSheets, row: ConfirmedBox, counted: set[tuple[object, ...]]) -> None:
    """Count a signed line without a name, once however many pictures of its page were confirmed."""
    box = row.box
    if box.kind != BoxKind.FREE or not row.signed or row.enrolment_id is not None:
        return
    place = (box.page.sheet_id or box.page_id, box.page.page_of_sheet, box.position)
    if place not in counted:
        counted.add(place)
        half_day_id = box.half_day_id or 0
        sheets.without_name[half_day_id] = sheets.without_name.get(half_day_id, 0) + 1
