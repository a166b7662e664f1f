"""Sheets signed on paper: six workshops, whose sheets stand everywhere between the scanner and the archive."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from cordee.conformity import actions as conformity
from cordee.demo import scanner
from cordee.demo.network import IDRIS
from cordee.demo.photos import Shot, draw
from cordee.demo.samples import layouts, rows_of, signed, somebody_is_absent, somebody_more
from cordee.demo.scanner import Scan
from cordee.demo.stage import Stage, Story, actor, side_by_side
from cordee.demo.stories.order import Deal, Told, deal_of, later, opened
from cordee.demo.stories.progress import answered, enrolled
from cordee.demo.stories.sessions import plan
from cordee.deposits import actions, queries
from cordee.deposits.rules import BoxMark, Said
from cordee.documents.actions import print_sheets
from cordee.planning.models import Session
from cordee.planning.queries import running

_DPI: Final = 110
_DAYS: Final = (-17, -13, -9, -6, -4, -1)


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield on_paper(stage, deal_of("signed-on-paper"))


def on_paper(stage: Stage, deal: Deal) -> Story[None]:
    """Six workshops: a sheet that quality accepted, and one that it has not seen; one to compare, one with boxes of
    which the reader is not sure; one without its code, to be filed by hand; one that nothing has read yet.
    """
    told = yield from opened(stage, deal)
    yield later(told, 2)
    for day in _DAYS:
        plan(told, stage.day(day), first=[stage.named(IDRIS)])
    yield from answered(told, told.sessions)
    yield from enrolled(told, told.sessions)
    kinds = (_accepted, _confirmed, _compared, _unsure, _without_code, _received)
    yield from side_by_side(kind(told, s) for kind, s in zip(kinds, told.sessions, strict=True))


def _accepted(told: Told, session: Session) -> Story[None]:
    yield from _confirmed(told, session)
    yield session.ends_at + timedelta(days=2)
    conformity.accept(session_id=session.pk, by=told.stage.quitterie)


def _confirmed(told: Told, session: Session) -> Story[None]:
    """Who ran the session confirms what was read."""
    scan = yield from _deposited(told, session)
    page = scan.read()
    said = Said(marks={box.pk: BoxMark(signed=bool(box.signed)) for box in queries.boxes_of(page)})
    place = running([session.pk])[session.pk][0]
    actions.confirm(page_id=page.pk, said=said, seen=page.seen, by=actor(place.facilitator))


def _compared(told: Told, session: Session) -> Story[None]:
    """Read, and to be compared with the picture."""
    scan = yield from _deposited(told, session)
    scan.read()


def _unsure(told: Told, session: Session) -> Story[None]:
    """Somebody is ticked as absent, somebody signed on a free line, and of two people the reader is not sure."""
    scan = yield from _deposited(told, session, lambda shot: somebody_more(somebody_is_absent(shot)))
    rows = rows_of(scan.shot.layout)
    scan.read(unsure={box for row in list(rows)[1:3] for box in rows[row]})


def _without_code(told: Told, session: Session) -> Story[None]:
    """A cup stood on the code: which session it is, only people can tell."""
    scan = yield from _deposited(told, session, lambda shot: replace(shot, cup_on_code=True))
    scan.without_code()


def _received(told: Told, session: Session) -> Story[None]:
    """Deposited: what reads it has not looked at it yet."""
    yield from _deposited(told, session)


def _deposited(
    told: Told, session: Session, change: Callable[[Shot], Shot] = lambda shot: shot
) -> Story[Scan]:
    """The sheet is printed in the morning, signed, scanned, and deposited soon after the end."""
    yield session.starts_at - timedelta(minutes=50)
    printed = print_sheets(sessions=[session], by=told.by)
    shot = change(replace(signed(layouts(printed)[0], session.ref), desk=0.0, turn=0.0))
    yield session.ends_at + timedelta(minutes=told.rng.randint(8, 50))
    (drawn,) = draw(printed.content, [shot], dpi=_DPI, rng=told.rng)
    by = actor(running([session.pk])[session.pk][0].facilitator)
    return scanner.deposit(session=session, shot=shot, drawn=drawn, dpi=_DPI, by=by)
