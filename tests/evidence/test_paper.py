"""A sheet signed on paper: it proves the session as one signed on screens does, and goes into the sealed file."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from cordee.conformity import actions as conformity
from cordee.conformity import queries
from cordee.conformity.states import FindingCode, Proof, SheetState
from cordee.deposits import actions as deposits
from cordee.deposits.actions import reading
from cordee.deposits.models import DepositedPage
from cordee.evidence.models import SealedFile
from cordee.evidence.queries import final_sheet
from cordee.files.queries import content
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.deposits.paper import Reader, Seen, as_read, code_of, deposit_and_read, printed
from tests.steps import AFTER, confirm, enrol, plan

pytestmark = pytest.mark.django_db
ANA, BO, NOOR = 1, 2, -1
"""The positions of their boxes: the facilitator's is the last."""


@pytest.fixture
def session(cast: Cast, settings: Any, tmp_path: Path, settle: Callable[[], None]) -> Session:
    settings.SEAL_KEY = tmp_path / "seal.key"
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    settle()
    return session


@pytest.fixture
def bring(
    cast: Cast, session: Session, now: MovableClock, monkeypatch: pytest.MonkeyPatch, settle: Any
) -> Any:
    """Return how the printed sheet comes back with these boxes signed, and is confirmed as it was read."""
    reader = Reader()
    monkeypatch.setattr(reading, "pages_of", reader.pages_of)
    monkeypatch.setattr(reading, "read_page", reader.read_page)

    def back(*signed: int) -> None:
        sheet = printed(session)
        rows = len(sheet.layout[0]["rows"])
        seen = Seen(code_of(sheet), signed=tuple(n if n > 0 else rows for n in signed))
        now.move_to(AFTER)
        (page,) = deposit_and_read([reader.given(seen)], cast.actor(cast.noor), session)
        deposits.confirm(page_id=page.pk, said=as_read(page), seen=page.seen, by=cast.actor(cast.noor))
        settle()

    return back


def codes(session: Session) -> set[str]:
    return {found.code for found in queries.findings_of(session.pk)}


def test_signed_by_everybody_it_goes_to_quality_by_itself_and_is_sealed(
    session: Session, bring: Any, cast: Cast, settle: Callable[[], None]
) -> None:
    bring(ANA, BO, NOOR)
    assert codes(session) == set()
    assert queries.review_of(session.pk).state == SheetState.SUBMITTED
    again = Session.objects.select_related("mission__order").get(pk=session.pk)
    assert queries.proofs([again])[session.pk] == Proof.PROVEN

    conformity.accept(session_id=session.pk, by=cast.actor(cast.quitterie))
    settle()
    with ZipFile(BytesIO(content(SealedFile.objects.get().file))) as sealed:
        originals = [sealed.read(name) for name in sealed.namelist() if name.startswith("originals/")]
    assert originals == [b"%PDF-1.7 0"], "as it was deposited"
    assert final_sheet(session).startswith(b"%PDF")


def test_who_did_not_sign_on_paper_is_absent_and_the_facilitator_is_missed(
    session: Session, bring: Any
) -> None:
    bring(ANA)
    assert codes(session) == {FindingCode.FACILITATOR_MISSING}
    assert queries.review_of(session.pk).state == SheetState.IN_PROGRESS


def test_opened_again_it_goes_back(
    session: Session, bring: Any, cast: Cast, settle: Callable[[], None]
) -> None:
    bring(ANA, BO, NOOR)
    (page,) = session_pages(session)
    deposits.reopen(page_id=page.pk, by=cast.actor(cast.noor))
    settle()
    assert queries.review_of(session.pk).state == SheetState.IN_PROGRESS
    assert FindingCode.SIGNATURE_MISSING in codes(session)


def session_pages(session: Session) -> Any:
    return list(DepositedPage.objects.filter(session=session))
