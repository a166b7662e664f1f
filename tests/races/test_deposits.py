"""Signed sheets at the same moment: a file is kept once, read once, and a page confirmed by one person."""

from collections import Counter

import pytest

from cordee.deposits import actions
from cordee.deposits.models import Confirmation, Deposit, DepositedFile, DepositedPage
from cordee.deposits.rules import GivenFile
from cordee.files import actions as files
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


def test_who_gives_what_another_is_giving_leaves_no_deposit_without_files(
    cast: Cast, together: Together
) -> None:
    """The house has the content from elsewhere, so that keeping it makes nobody wait."""
    photos = [GivenFile(content=b"\xff\xd8\xff a photo %d" % n, name="a.jpg") for n in range(3)]
    for photo in photos:
        files.keep(photo.content, content_type="image/jpeg")

        def give(given: GivenFile = photo) -> tuple[bool, int, int]:
            done = actions.deposit(files=[given], by=cast.actor(cast.olga))
            return done.deposit is None, len(done.new), len(done.known)

        assert Counter(together(*[give] * 4)) == {(False, 1, 0): 1, (True, 0, 1): 3}
    assert Deposit.objects.count() == DepositedFile.objects.count() == 3


def test_the_same_files_given_at_once_in_another_order_do_not_wait_for_each_other(
    cast: Cast, together: Together
) -> None:
    given = [GivenFile(content=b"\xff\xd8\xff photo %d" % n, name=f"{n}.jpg") for n in range(12)]

    def give(files: list[GivenFile]) -> int:
        return len(actions.deposit(files=files, by=cast.actor(cast.olga)).new)

    outcomes = together(*[lambda: give(given), lambda: give(given[::-1])] * 2)
    assert Counter(outcomes) == {0: 3, 12: 1}
    names = DepositedFile.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) in ([f.name for f in given], [f.name for f in given[::-1]]), (
        "in the order they were given"
    )
