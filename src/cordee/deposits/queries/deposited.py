"""Reading what was deposited."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from cordee.deposits.models import (
    Confirmation,
    ConfirmedBox,
    Deposit,
    DepositedBox,
    DepositedFile,
    DepositedPage,
)
from cordee.deposits.states import TO_SEE_TO, FileState, PageState
from cordee.kernel.actor import Actor

_WITH_SESSION = ("mission__order__client", "mission__coordinator", "line")
_OF_PAGE = (
    "file__deposit__session__mission",
    "file__deposit__mission",
    "file__stored",
    "picture",
    "sheet",
    *(f"session__{name}" for name in _WITH_SESSION),
)
_ASIDE_LAST = Case(When(state=PageState.ASIDE, then=1), default=0)


def page(page_id: int) -> DepositedPage | None:
    """Return a page with its file, deposit, sheet and session, in one query."""
    return DepositedPage.objects.select_related(*_OF_PAGE).filter(pk=page_id).first()


def file(file_id: int) -> DepositedFile | None:
    """Return a file with what is needed to say who may see it."""
    return (
        DepositedFile.objects.select_related("stored", "deposit__session__mission", "deposit__mission")
        .filter(pk=file_id)
        .first()
    )


def pages_of_file(file_id: int) -> list[DepositedPage]:
    """Return the pages of a file, each with what is needed to say who may see it."""
    return list(DepositedPage.objects.select_related(*_OF_PAGE).filter(file_id=file_id).order_by("pk"))


def deposit(deposit_id: int) -> Deposit | None:
    return Deposit.objects.select_related("session__mission", "mission").filter(pk=deposit_id).first()


def files_of(deposit_id: int) -> list[DepositedFile]:
    """Return the files of a deposit in the order they were given, each with its pages: two queries."""
    pages = DepositedPage.objects.select_related("session__mission", "sheet").order_by("number", "part")
    found = DepositedFile.objects.filter(deposit_id=deposit_id).select_related("stored")
    return list(found.prefetch_related(Prefetch("pages", queryset=pages)).order_by("pk"))


def files_given(stored_hashes: Iterable[str]) -> dict[str, DepositedFile]:
    """Return the files deposited with this content before, by its SHA-256."""
    found = DepositedFile.objects.filter(stored__sha256__in=list(stored_hashes))
    return {f.stored.sha256: f for f in found.select_related("stored")}


def waiting_files() -> list[int]:
    """Return the files that nobody has read to the end, the oldest first."""
    return list(
        DepositedFile.objects.filter(state=FileState.WAITING).order_by("pk").values_list("pk", flat=True)
    )


def pages_of_session(session_id: int) -> QuerySet[DepositedPage]:
    """Return the pages of a session, the latest first; those set aside at the end."""
    return (
        DepositedPage.objects.filter(session_id=session_id)
        .select_related("file__deposit", "sheet")
        .order_by(_ASIDE_LAST, "-pk")
    )


def pages_of_mission(mission_id: int) -> QuerySet[DepositedPage]:
    """Return the pages of a mission's sessions, and those without a session that were given on its page; the latest
    first.
    """
    of_deposit = Q(session=None, file__deposit__mission_id=mission_id)
    return (
        DepositedPage.objects.filter(Q(session__mission_id=mission_id) | of_deposit)
        .select_related("file__deposit", "sheet", "session")
        .order_by(_ASIDE_LAST, "-pk")
    )


def deposits_of(actor: Actor) -> QuerySet[Deposit]:
    """Return what somebody deposited themselves, the latest first."""
    if actor.user_id is None:
        return Deposit.objects.filter(link_id=actor.link_id).exclude(link_id=None).order_by("-pk")
    return Deposit.objects.filter(user_id=actor.user_id).order_by("-pk")


class WaitingPage(NamedTuple):
    """A page that was read, or could not be, and of which nobody has said what stands on it."""

    mission_id: int
    session_ref: str
    """Empty while it belongs to none."""
    title: str
    read_at: datetime


def unsettled() -> QuerySet[DepositedPage]:
    """Return the pages that wait for somebody to say what stands on them."""
    return DepositedPage.objects.filter(state__in=[str(state) for state in TO_SEE_TO])


def waiting_pages(mission_ids: Collection[int]) -> list[WaitingPage]:
    """Return the pages of these missions that wait, also those of no session that were given on their pages, in one
    query.
    """
    wanted = list(mission_ids)
    of_deposit = Q(session=None, file__deposit__mission__in=wanted)
    found = DepositedPage.objects.filter(
        Q(session__mission__in=wanted) | of_deposit, state__in=[str(state) for state in TO_SEE_TO]
    )
    rows = found.annotate(
        of_mission=Coalesce("session__mission_id", "file__deposit__mission_id"),
        ref=Coalesce("session__ref", "file__deposit__session__ref", Value("")),
        name=Coalesce("session__title", "file__deposit__session__title", Value("")),
    )
    return [
        WaitingPage(*row) for row in rows.values_list("of_mission", "ref", "name", "read_at").order_by("pk")
    ]


def next_to_settle(page: DepositedPage) -> DepositedPage | None:
    """Return the page to look at after this one: of the same deposit, then of the same session."""
    others = DepositedPage.objects.filter(state__in=TO_SEE_TO).exclude(pk=page.pk)
    same = others.filter(file__deposit_id=page.file.deposit_id).select_related("session__mission")
    found = same.order_by("pk").first()
    if found is None and page.session_id is not None:
        found = others.filter(session_id=page.session_id).order_by("pk").first()
    return found


def same_pages(page: DepositedPage) -> QuerySet[DepositedPage]:
    """Return the other deposited pictures of this printed page, the oldest first."""
    if page.sheet_id is None:
        return DepositedPage.objects.none()
    others = DepositedPage.objects.filter(sheet_id=page.sheet_id, page_of_sheet=page.page_of_sheet)
    return (
        others.exclude(pk=page.pk)
        .exclude(state=PageState.ASIDE)
        .select_related("file__deposit")
        .order_by("pk")
    )


def boxes_of(page: DepositedPage) -> list[DepositedBox]:
    """Return the boxes of a page, row by row."""
    return list(
        DepositedBox.objects.filter(page=page)
        .select_related("enrolment__participant", "assignment__facilitator__user", "half_day")
        .order_by("position")
    )


def last_confirmation(page: DepositedPage) -> Confirmation | None:
    """Return what was confirmed of a page last, whether it was opened again since or not."""
    return Confirmation.objects.filter(page=page).order_by("-round").first()


def confirmed_boxes(confirmation: Confirmation) -> dict[int, ConfirmedBox]:
    """Return what a confirmation says of each box, by the box."""
    rows: Any = ConfirmedBox.objects.filter(confirmation=confirmation)
    return {row.box_id: row for row in rows.select_related("enrolment__participant")}
