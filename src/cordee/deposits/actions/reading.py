"""Reading deposited files: by the worker, page by page, going on where another one stopped."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from cordee.accounts import queries as accounts
from cordee.attendance.rules import may_record
from cordee.deposits import queries
from cordee.deposits.facts import SheetPagesRead
from cordee.deposits.models import DepositedBox, DepositedFile, DepositedPage
from cordee.deposits.queries import BoxOf, Owners, PrintedPage
from cordee.deposits.states import FILE, GIVE_UP_AFTER, LEASE, PAGE, TO_SEE_TO, FileState, Problem
from cordee.files import actions as files_room
from cordee.files.models import StoredFile
from cordee.files.queries import content
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND, SYSTEM, Actor, ActorKind
from cordee.scans.apart import pages_of
from cordee.scans.files import Picture, Unreadable
from cordee.scans.pages import BoxRead, PageLayout, PageRead, eyes_are_here, read_page
from cordee.scans.pages import Problem as Seen

log = logging.getLogger(__name__)

_LONGEST_SHOWN = 2_000
"""Pixels of the longer side of a page that could not be straightened."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The picture by which a page is shown, and its size in pixels."""

    stored: StoredFile | None
    width: int | None
    height: int | None


_NOTHING_SHOWN = _Shown(None, None, None)


def read(file_id: int) -> None:
    """Read a deposited file, each page once. Does nothing while another worker has it in hand. Safe to run twice."""
    if settings.DEMO and not eyes_are_here():
        return  # they come while people look around: this is tried again each minute
    file = _claimed(file_id)
    if file is None:
        return
    if file.attempts > GIVE_UP_AFTER:
        _hand_over(file, Problem.READER_FAILED)
        return
    try:
        for picture in _pages_left(file):
            _read_page(file, picture)
    except Unreadable as refused:
        _end(file, "refuse", code=str(refused.code))
    except ImportError:
        log.warning("no reader of pictures on this machine: a deposited file is to be filed by hand")
        _hand_over(file, Problem.NO_READER)
    else:
        _end(file, "finish")


def read_left() -> None:
    """Read what no worker has in hand: a worker that was killed left it. Safe to run twice."""
    for file_id in queries.waiting_files():
        read(file_id)


def _claimed(file_id: int) -> DepositedFile | None:
    """Take a file in hand, unless somebody else has it."""
    now = clock.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    waiting = DepositedFile.objects.filter(free, pk=file_id, state=FileState.WAITING)
    if not waiting.update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    return queries.file(file_id)


def _pages_left(file: DepositedFile) -> Iterator[Picture]:
    """Yield the pictures that are not read yet: pages are read one after the other."""
    last = file.pages.order_by("-number").values_list("number", flat=True).first() or 0
    return pages_of(content(file.stored), first=last + 1)


def _read_page(file: DepositedFile, picture: Picture) -> None:
    """Keep what is on one picture: one page of paper, or several."""
    finder = _Finder(file)
    try:
        parts = read_page(picture, finder.layout)
    except ImportError:
        raise
    except Exception:
        # Whatever the libraries raise at an odd picture: the page is filed by hand, the others are read.
        log.exception("deposited file %s, page %s", file.pk, picture.page)
        parts = []
    kept = [(part, _stored_picture(part.straightened, picture)) for part in parts]
    with transaction.atomic():
        for number, (part, shown) in enumerate(kept, 1):
            _keep(finder, (picture.page, number), part, shown)
        if not kept:
            _keep_unread(file, picture.page, Problem.READER_FAILED, _stored_picture(b"", picture))
        DepositedFile.objects.filter(pk=file.pk).update(claimed_until=clock.now() + LEASE, attempts=1)


class _Finder:
    """Finds the printed pages that the codes on a picture name."""

    def __init__(self, file: DepositedFile) -> None:
        self.file = file
        self._by = _depositor(file)
        self._found: dict[str, PrintedPage | None] = {}

    def page(self, code: str | None) -> PrintedPage | None:
        if not code:
            return None
        if code not in self._found:
            self._found[code] = queries.page_named(code)
        return self._found[code]

    def layout(self, code: str) -> PageLayout | None:
        found = self.page(code)
        return found.layout if found else None

    def is_theirs(self, printed: PrintedPage) -> bool:
        """Tell whether who deposited the file has something to do with the session of the page."""
        return not list(may_record(printed.sheet.session, self._by))


def _depositor(file: DepositedFile) -> Actor:
    """Return who deposited a file, with the rights that they have now."""
    made = file.deposit
    if made.user_id is None and made.link_id is None:
        return COMMAND
    user = accounts.user(made.user_id) if made.user_id is not None else None
    return Actor(
        ActorKind.USER if user else ActorKind.LINK,
        user_id=made.user_id,
        facilitator_id=made.facilitator_id,
        link_id=made.link_id,
        permissions=accounts.permissions_of_user(user) if user else frozenset(),
    )


def _keep(finder: _Finder, at: tuple[int, int], seen: PageRead, shown: _Shown) -> None:
    """Write down a page as it was read, and where it stands then; `at` says where it lies in its file."""
    printed = finder.page(seen.code)
    problems = [str(problem) for problem in seen.problems]
    if printed and not finder.is_theirs(printed):
        printed, problems = None, [*problems, Problem.ELSEWHERE]
    boxes = _boxes(printed, seen) if printed else []
    if any(box.half_day_id is None for box in boxes):
        problems.append(Problem.HOURS_CHANGED)
    page = DepositedPage(
        file=finder.file,
        number=at[0],
        part=at[1],
        session_id=printed.sheet.session_id if printed else None,
        sheet=printed.sheet if printed else None,
        page_of_sheet=printed.page if printed else None,
        rotation=seen.rotation,
        quality=seen.quality,
        problems=problems,
        read_at=clock.now(),
        picture=shown.stored,
        width=shown.width,
        height=shown.height,
    )
    if Seen.BLANK in seen.problems:
        PAGE.move(page, "set_aside")  # the back of a sheet
    elif not boxes:
        PAGE.move(page, "give_up")
    page.save()
    for box in boxes:
        box.page = page
    DepositedBox.objects.bulk_create(boxes)


def _boxes(printed: PrintedPage, seen: PageRead) -> list[DepositedBox]:
    owners = Owners(printed)
    return [_box(whose, read) for read in seen.boxes if (whose := owners.of(read.key))]


def _box(whose: BoxOf, read: BoxRead) -> DepositedBox:
    left, top, width, height = (max(value, 0) for value in read.place)
    return DepositedBox(
        position=whose.position,
        row=whose.row,
        kind=whose.kind,
        enrolment_id=whose.enrolment_id,
        assignment_id=whose.assignment_id,
        half_day_id=whose.half_day_id,
        signed=read.signed,
        absent_ticked=read.absent_ticked,
        confidence=read.confidence,
        unsure=read.unsure or (read.signed and read.absent_ticked),
        left=left,
        top=top,
        width=width,
        height=height,
    )


def _keep_unread(file: DepositedFile, number: int, problem: Problem, shown: _Shown = _NOTHING_SHOWN) -> None:
    page = DepositedPage(
        file=file,
        number=number,
        problems=[problem],
        picture=shown.stored,
        width=shown.width,
        height=shown.height,
        read_at=clock.now(),
    )
    PAGE.move(page, "give_up")
    page.save()


@transaction.atomic
def _hand_over(file: DepositedFile, problem: Problem) -> None:
    """Have a file that this machine cannot read filed by hand."""
    last = file.pages.order_by("-number").values_list("number", flat=True).first() or 0
    _keep_unread(file, last + 1, problem)
    _end(file, "finish")


@transaction.atomic
def _end(file: DepositedFile, move: str, **values: Any) -> None:
    FILE.move_all(DepositedFile.objects.filter(pk=file.pk), move, claimed_until=None, **values)
    waiting = [page for page in queries.pages_of_file(file.pk) if page.state in TO_SEE_TO]
    for mission_id, session_id in sorted({_place(page) for page in waiting if _place(page)[0]}):
        n = sum(_place(page) == (mission_id, session_id) for page in waiting)
        fact = SheetPagesRead(file_id=file.pk, pages=n, session_id=session_id or None)
        journal.record(fact, by=SYSTEM, mission_id=mission_id)


def _place(page: DepositedPage) -> tuple[int, int]:
    """Return the mission and the session that a page is of, or on whose page it was given; 0 for none."""
    deposit = page.file.deposit
    session = page.session or deposit.session
    mission_id = session.mission_id if session else deposit.mission_id
    return mission_id or 0, session.pk if session else 0


def _stored_picture(straightened: bytes, picture: Picture) -> _Shown:
    """Keep the picture by which a page is shown; what could not be straightened is shown as it lies."""
    from PIL import Image

    if straightened:
        with Image.open(BytesIO(straightened)) as image:
            width, height = image.size
    else:
        straightened, (width, height) = _as_it_lies(picture)
    stored = files_room.keep(straightened, content_type="image/jpeg")
    return _Shown(stored, width, height)


def _as_it_lies(picture: Picture) -> tuple[bytes, tuple[int, int]]:
    from PIL import Image

    image = Image.fromarray(picture.pixels[:, :, ::-1])
    image.thumbnail((_LONGEST_SHOWN, _LONGEST_SHOWN))
    written = BytesIO()
    image.save(written, "JPEG", quality=85)
    return written.getvalue(), image.size
