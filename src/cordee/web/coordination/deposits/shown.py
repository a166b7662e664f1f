"""Deposited files and pages as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.accounts.queries import names
from cordee.deposits import rules
from cordee.deposits.models import PAGE_LABELS, DepositedFile, DepositedPage
from cordee.deposits.states import TO_SEE_TO, FileState, PageState
from cordee.kernel.actor import Actor
from cordee.web.addresses import address
from cordee.web.coordination.deposits import words

_KINDS = {
    PageState.READ: "late",
    PageState.BY_HAND: "late",
    PageState.CONFIRMED: "done",
    PageState.ASIDE: "neutral",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One deposited page in a list."""

    title: str
    session: str
    kind: str
    state: str
    url: str
    label: str
    """Of the link: what there is to do."""
    problems: list[str]
    deposited_at: datetime
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file of a deposit, with its pages."""

    name: str
    url: str
    waiting: bool
    refused: str
    pages: list[PageRow]
    elsewhere: int
    """Pages of sessions that the viewer does not see."""


def page_rows(pages: Iterable[DepositedPage], *, with_session: bool) -> list[PageRow]:
    """Return pages as a list shows them: one query for who deposited them."""
    found = list(pages)
    people = names({u for p in found if (u := p.file.deposit.user_id) is not None})
    return [_row(page, people, with_session=with_session) for page in found]


def _row(page: DepositedPage, people: dict[int, str], *, with_session: bool) -> PageRow:
    state = PageState(page.state)
    labels = {PageState.READ: _("Compare and confirm"), PageState.BY_HAND: _("File it by hand")}
    return PageRow(
        title=title_of(page),
        session=page.session.title if with_session and page.session else "",
        kind=_KINDS[state],
        state=str(PAGE_LABELS[state]),
        url=address("deposited_page", page.pk),
        label=labels.get(state, _("Look at it")),
        problems=words.problems(page.problems) if state in TO_SEE_TO else [],
        deposited_at=page.file.deposit.deposited_at,
        who=people.get(page.file.deposit.user_id or 0, ""),
    )


def title_of(page: DepositedPage) -> str:
    """Return what a page is called: by what is printed on it, else by where it lies in its file."""
    if page.sheet is not None:
        return _("Page %(number)d of %(all)d, version %(version)d") % {
            "number": page.page_of_sheet or 1,
            "all": len(page.sheet.layout),
            "version": page.sheet.version,
        }
    return _("Page %(number)d of %(file)s") % {
        "number": page.number,
        "file": page.file.name or _("a file without a name"),
    }


def file_rows(files: Iterable[DepositedFile], viewer: Actor) -> list[FileRow]:
    """Return the files of a deposit, with the pages that the viewer may see."""
    return [_file(file, viewer) for file in files]


def _file(file: DepositedFile, viewer: Actor) -> FileRow:
    pages = list(file.pages.all())
    for page in pages:
        page.file = file
    seen = [page for page in pages if rules.sees_page(page, viewer)]
    return FileRow(
        name=file.name or _("a file without a name"),
        url=address("deposited_file", file.pk),
        waiting=file.state == FileState.WAITING,
        refused=words.refusal(file.code) if file.code else "",
        pages=page_rows(seen, with_session=True),
        elsewhere=len(pages) - len(seen),
    )
