"""Signed sheets at the same moment: a file is kept once, read once, and a page confirmed by one person."""

import pytest

from cordee.deposits import actions
from cordee.deposits.models import Confirmation, DepositedFile, DepositedPage
from cordee.deposits.rules import GivenFile
from cordee.kernel.actor import COMMAND
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.deposits.conftest import reader
from tests.deposits.paper import Reader, Seen, as_read, code_of, deposit_and_read, printed
from tests.races.conftest import Together
from tests.steps import AFTER, confirm, enrol, plan

__all__ = ["reader"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_of_several_who_confirm_a_page_one_wins_and_the_others_are_told(
    cast: Cast, now: MovableClock, reader: Reader, together: Together
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    seen = Seen(code_of(printed(session)), signed=(1,))
    now.move_to(AFTER)
    (page,) = deposit_and_read([reader.given(seen)], COMMAND)
    said, before = as_read(page), page.seen

    def settle() -> None:
        actions.confirm(page_id=page.pk, said=said, seen=before, by=cast.actor(cast.noor))

    outcomes = together(*[settle] * 4)
    assert outcomes.count(None) == 1
    assert outcomes.count(["settled_meanwhile", "page_stands_elsewhere"]) == 3
    assert Confirmation.objects.count() == 1


def test_the_same_file_given_at_once_is_kept_once(cast: Cast, together: Together) -> None:
    given = [GivenFile(content=b"\xff\xd8\xff a photo", name="a.jpg")]

    def give() -> None:
        actions.deposit(files=given, by=cast.actor(cast.olga))

    assert together(*[give] * 4) == [None] * 4
    assert DepositedFile.objects.count() == 1


def test_two_workers_read_a_file_once(cast: Cast, reader: Reader, together: Together) -> None:
    actions.deposit(files=[reader.given(Seen(None), Seen(None))], by=COMMAND)
    assert together(*[actions.read_left] * 3) == [None] * 3
    assert DepositedPage.objects.count() == 2
    assert sorted(reader.looked_at) == [1, 2]
