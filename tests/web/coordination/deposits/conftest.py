"""A session with a printed sheet, over by now, and a reader of pictures without eyes."""

import pytest

from cordee.documents.models import PrintedSheet
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.deposits.conftest import reader
from tests.deposits.paper import printed
from tests.steps import AFTER, confirm, enrol, plan

__all__ = ["reader"]


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    return session


@pytest.fixture
def sheet(session: Session, now: MovableClock) -> PrintedSheet:
    made = printed(session)
    now.move_to(AFTER)
    return made
