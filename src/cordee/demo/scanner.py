"""Scans that the demo deposits, with what reading them gives.

What reads pictures may not be here yet; what is drawn here is known: the rows are those that it would write.
"""

import struct
from collections.abc import Collection
from dataclasses import dataclass

from cordee.demo.photos import Shot
from cordee.deposits import actions
from cordee.deposits.models import DepositedBox, DepositedFile, DepositedPage
from cordee.deposits.queries import Owners, PrintedPage
from cordee.deposits.rules import GivenFile
from cordee.deposits.states import FILE, PAGE
from cordee.documents.queries import printed_sheet
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.planning.models import Session
from cordee.scans.answers import Problem
from cordee.scans.layouts import BoxPlace

_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Scan:
    """The first page of a session's sheet, scanned upright and deposited."""

    session: Session
    file: DepositedFile
    shot: Shot
    dpi: int
    size: tuple[int, int]
    """In pixels."""

    def read(self, *, unsure: Collection[str] = ()) -> DepositedPage:
        """Write down what stands on it; of the `unsure` boxes somebody has to say it."""
        sheet = printed_sheet(self.session.ref, 1)
        if sheet is None:
            raise LookupError(f"the sheet of {self.session.ref} was not printed")
        page = self._page(problems=[], quality=0.93)
        page.session, page.sheet, page.page_of_sheet = self.session, sheet, 1
        page.save()
        owners = Owners(PrintedPage(sheet=sheet, page=1))
        boxes = [self._box(page, owners, place, unsure) for place in self.shot.layout.boxes]
        DepositedBox.objects.bulk_create(box for box in boxes if box)
        return page

    def without_code(self) -> DepositedPage:
        """Write down that no code was found on it."""
        page = self._page(problems=[str(Problem.NO_CODE)], quality=0.0)
        PAGE.move(page, "give_up")
        page.save()
        return page

    def _page(self, *, problems: list[str], quality: float) -> DepositedPage:
        FILE.move(self.file, "finish")
        self.file.save(update_fields=["state"])
        width, height = self.size
        return DepositedPage(
            file=self.file,
            number=1,
            problems=problems,
            rotation=0.0,
            quality=quality,
            read_at=clock.now(),
            picture=self.file.stored,
            width=width,
            height=height,
        )

    def _box(
        self, page: DepositedPage, owners: Owners, place: BoxPlace, unsure: Collection[str]
    ) -> DepositedBox | None:
        whose = owners.of(place.key)
        if whose is None:
            return None
        sides = (place.left, place.top, place.width, place.height)
        left, top, width, height = (round(side * self.dpi / _MM_PER_INCH) for side in sides)
        return DepositedBox(
            page=page,
            position=whose.position,
            row=whose.row,
            kind=whose.kind,
            enrolment_id=whose.enrolment_id,
            assignment_id=whose.assignment_id,
            half_day_id=whose.half_day_id,
            signed=place.key in self.shot.signed,
            absent_ticked=place.key in set(self.shot.ticked),
            confidence=0.62 if place.key in unsure else 0.98,
            unsure=place.key in unsure,
            left=left,
            top=top,
            width=width,
            height=height,
        )


def deposit(*, session: Session, shot: Shot, drawn: bytes, dpi: int, by: Actor) -> Scan:
    """Deposit a scan of a session's sheet as it was drawn (PNG)."""
    given = GivenFile(content=drawn, name=f"emargement-{session.ref.lower()}.png")
    done = actions.deposit(files=[given], session_id=session.pk, by=by)
    width, height = struct.unpack(">II", drawn[16:24])  # of a PNG
    return Scan(session, done.new[0], shot, dpi, (width, height))
