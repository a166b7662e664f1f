"""Signed sheets without paper: pages that a reader of pictures is said to have seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from cordee.deposits import actions, queries
from cordee.deposits.models import DepositedBox, DepositedPage
from cordee.deposits.rules import BoxMark, GivenFile, Said
from cordee.documents.actions import print_sheets
from cordee.documents.models import PrintedSheet
from cordee.kernel.actor import COMMAND, Actor
from cordee.planning.models import Session
from cordee.scans.files import Picture
from cordee.scans.pages import BoxRead, PageLayout, PageRead, Problem


@dataclass
class Seen:
    """What the reader sees on one picture of one page; boxes by their position, from 1."""

    code: str | None
    signed: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()
    unsure: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Reader:
    """Reads what it was told that it sees, file by file."""

    files: dict[bytes, list[list[Seen]]] = field(default_factory=dict)
    ends: dict[bytes, Exception] = field(default_factory=dict)
    """What happens after the last page of a file."""
    looked_at: list[int] = field(default_factory=list)

    def given(self, *pages: Seen, ends: Exception | None = None) -> GivenFile:
        """Return a file on which each picture shows one of these pages."""
        return self.given_together(*([page] for page in pages), ends=ends)

    def given_together(self, *pictures: list[Seen], ends: Exception | None = None) -> GivenFile:
        """Return a file with pictures that show several pages each."""
        content = b"%PDF-1.7 " + str(len(self.files)).encode()
        self.files[content] = list(pictures)
        if ends:
            self.ends[content] = ends
        return GivenFile(content=content, name="scan.pdf")

    def pages_of(self, content: bytes, *, first: int = 1) -> Iterator[Picture]:
        for number, seen in enumerate(self.files[content][first - 1 :], first):
            picture = Picture(np.full((30, 20, 3), 255, dtype=np.uint8), number)
            object.__setattr__(picture, "seen", seen)
            yield picture
        if error := self.ends.get(content):
            raise error

    def read_page(self, picture: Any, layout_for: Callable[[str], PageLayout | None]) -> list[PageRead]:
        self.looked_at.append(picture.page)
        return [self._read(seen, layout_for) for seen in picture.seen]

    def _read(self, seen: Seen, layout_for: Callable[[str], PageLayout | None]) -> PageRead:
        layout = layout_for(seen.code) if seen.code else None
        if layout is None:
            problem = Problem.UNKNOWN_SHEET if seen.code else Problem.NO_CODE
            return PageRead(code=seen.code, problems=seen.problems or (problem,))
        boxes = tuple(
            BoxRead(
                key=box.key,
                signed=n in seen.signed,
                absent_ticked=n in seen.absent,
                confidence=0.6 if n in seen.unsure else 0.99,
                unsure=n in seen.unsure,
                place=(round(box.left * 10), round(box.top * 10), 300, 100),
            )
            for n, box in enumerate(layout.boxes, 1)
        )
        return PageRead(
            code=seen.code,
            rotation=180.0,
            quality=0.9,
            boxes=() if seen.problems else boxes,
            problems=seen.problems,
            straightened=_jpeg(round(layout.width * 10), round(layout.height * 10)),
        )


def _jpeg(width: int, height: int) -> bytes:
    written = BytesIO()
    Image.new("L", (width, height), 255).save(written, "JPEG")
    return written.getvalue()


def printed(session: Session) -> PrintedSheet:
    """Print the sheet of a session as its list stands."""
    print_sheets(sessions=[session], by=COMMAND)
    return PrintedSheet.objects.filter(session=session).order_by("-version")[0]


def code_of(sheet: PrintedSheet, page: int = 1) -> str:
    return f"{sheet.data['codes_at']}{sheet.session.ref}/{sheet.version}/{page}"


def deposit_and_read(
    files: list[GivenFile], by: Actor, session: Session | None = None
) -> list[DepositedPage]:
    """Deposit files and do what the worker does; return the pages in their order."""
    done = actions.deposit(files=files, session_id=session.pk if session else None, by=by)
    assert done.deposit
    actions.read_left()
    pages = DepositedPage.objects.filter(file__deposit=done.deposit)
    return list(pages.order_by("file_id", "number", "part"))


def as_read(page: DepositedPage, **more: Any) -> Said:
    """Say that a page is as it was read."""
    return Said(marks={box.pk: mark_of(box) for box in queries.boxes_of(page)}, **more)


def mark_of(box: DepositedBox) -> BoxMark:
    return BoxMark(signed=bool(box.signed), absent_ticked=bool(box.absent_ticked) and not box.signed)
