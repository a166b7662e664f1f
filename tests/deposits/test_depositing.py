"""Depositing signed sheets: what is taken, by whom, and that nothing is there twice."""

import pytest

from cordee.deposits import actions, queries
from cordee.deposits.facts import SheetsDeposited
from cordee.deposits.models import Deposit, DepositedFile
from cordee.deposits.rules import GivenFile, kind_of
from cordee.deposits.states import LARGEST_FILE, MOST_FILES, FileState, Kind
from cordee.files.queries import content
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from tests.cast import Cast
from tests.refusals import refused
from tests.steps import confirm, plan, told

JPEG = b"\xff\xd8\xff\xe0 a photo"


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    return session


def test_a_file_is_kept_as_it_is_with_who_gave_it_and_where(cast: Cast, session: Session) -> None:
    given = GivenFile(content=JPEG, name="IMG_0042.jpg")
    done = actions.deposit(files=[given], session_id=session.pk, by=cast.actor(cast.noor))
    (file,) = queries.files_of(done.deposit.pk if done.deposit else 0)
    assert content(file.stored) == JPEG
    assert (file.name, file.state, file.stored.content_type) == (
        "IMG_0042.jpg",
        FileState.WAITING,
        "image/jpeg",
    )
    made = Deposit.objects.get()
    assert (made.session, made.mission, made.user_id) == (session, session.mission, cast.noor.user_id)
    assert told(SheetsDeposited) == [{"deposit_id": made.pk, "files": 1, "session_id": session.pk}]


def test_the_same_content_is_one_file_whoever_gives_it_and_whatever_it_is_called(
    cast: Cast, session: Session
) -> None:
    first = actions.deposit(files=[GivenFile(content=JPEG, name="a.jpg")], by=cast.actor(cast.noor))
    again = actions.deposit(
        files=[GivenFile(content=JPEG, name="b.jpg")], session_id=session.pk, by=cast.actor(cast.camille)
    )
    assert again.deposit is None
    assert again.known == first.new
    assert DepositedFile.objects.get().name == "a.jpg"
    assert Deposit.objects.count() == 1


def test_twice_in_one_go_is_one_too(cast: Cast) -> None:
    twice = [GivenFile(content=JPEG, name="a.jpg"), GivenFile(content=JPEG, name="a (1).jpg")]
    done = actions.deposit(files=twice, by=cast.actor(cast.olga))
    assert (len(done.new), len(done.known)) == (1, 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xff\xd8\xff" + b"0" * LARGEST_FILE, "file_too_large"),
        (b"PK\x03\x04 a Word document", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
    ],
)
def test_what_is_no_sheet_is_refused_with_all_that_came_with_it(
    cast: Cast, content: bytes, code: str
) -> None:
    with refused(code) as blockers:
        actions.deposit(
            files=[GivenFile(content=JPEG), GivenFile(content=content, name="x.jpg")],
            by=cast.actor(cast.olga),
        )
    assert "x.jpg" in blockers[0].message
    assert not DepositedFile.objects.exists()


def test_nothing_and_too_much_in_one_go_are_refused(cast: Cast) -> None:
    with refused("no_file"):
        actions.deposit(files=[], by=COMMAND)
    many = [GivenFile(content=JPEG + bytes([n])) for n in range(MOST_FILES + 1)]
    with refused("too_many_files"):
        actions.deposit(files=many, by=COMMAND)
    assert len(actions.deposit(files=many[1:], by=COMMAND).new) == MOST_FILES


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        (b"\xff\xd8\xff\xe1", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Kind.WEBP),
        (b"II*\0", Kind.TIFF),
        (b"MM\0*", Kind.TIFF),
        (b"\0\0\0\x18ftypheic", Kind.HEIC),
        (b"\0\0\0\x18ftypmif1", Kind.HEIC),
        (b"%PDF-1.4", Kind.PDF),
        (b"\x1b%-12345X@PJL\r\n%PDF-1.4", Kind.PDF),
        (b"\0\0\0\x18ftypisom", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_its_first_bytes(begins: bytes, kind: Kind | None) -> None:
    assert kind_of(begins) is kind


def test_only_those_who_run_a_session_deposit_its_sheet(cast: Cast, session: Session) -> None:
    for person in (cast.elodie, cast.dan, cast.farid, cast.quitterie):
        with refused("not_on_session"):
            actions.deposit(files=[GivenFile(content=JPEG)], session_id=session.pk, by=cast.actor(person))
    for n, person in enumerate((cast.noor, cast.camille, cast.olga)):
        given = GivenFile(content=JPEG + bytes([n]))
        assert actions.deposit(files=[given], session_id=session.pk, by=cast.actor(person)).new


def test_without_a_session_facilitators_and_operations_deposit(cast: Cast) -> None:
    given = [GivenFile(content=JPEG)]
    for person in (cast.farid, cast.quitterie, cast.ada):
        with refused("deposits_nothing"):
            actions.deposit(files=given, by=cast.actor(person))
    assert actions.deposit(files=given, by=cast.actor(cast.elodie)).new


def test_on_a_mission_its_coordinator_and_operations_deposit(cast: Cast) -> None:
    given = [GivenFile(content=JPEG)]
    with refused("not_coordinator"):
        actions.deposit(files=given, mission=cast.mission, by=cast.actor(cast.dan))
    assert actions.deposit(files=given, mission=cast.mission, by=cast.actor(cast.camille)).new
