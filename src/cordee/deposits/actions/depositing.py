"""Taking files in: kept as they are, to be read by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import itemgetter

from django.db import transaction

from cordee.deposits import rules
from cordee.deposits.facts import SheetsDeposited
from cordee.deposits.models import Deposit, DepositedFile
from cordee.deposits.rules import GivenFile, kind_of
from cordee.deposits.states import LONGEST_NAME
from cordee.files import actions as files_room
from cordee.files.models import StoredFile
from cordee.jobs import registry
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import Blocker, refuse_if
from cordee.missions.models import Mission
from cordee.missions.rules import may_run
from cordee.planning import queries as planning
from cordee.planning.models import Session


@dataclass(frozen=True, slots=True)
class Deposited:
    """What became of the files that somebody gave."""

    deposit: Deposit | None
    """Nothing when all of them were there before."""
    new: list[DepositedFile]
    known: list[DepositedFile]
    """Those that were deposited before, by whomever."""


@transaction.atomic
def deposit(
    *, files: Sequence[GivenFile], session_id: int | None = None, mission: Mission | None = None, by: Actor
) -> Deposited:
    """Keep signed sheets, each file as it is, and have the worker read them. The same content is kept once.

    `session_id` or `mission` says on whose page they were given; of which session each page is, its code says.
    Raises Refused, for all of the files when one of them is not taken.
    """
    session = planning.session(session_id) if session_id is not None else None
    refuse_if(_may_deposit(session, mission, by))
    refuse_if([*rules.something_is_given(files), *(b for given in files for b in rules.is_taken(given))])
    where = session.mission if session else mission
    made = Deposit(
        mission=where,
        session=session,
        deposited_at=clock.now(),
        user_id=by.user_id,
        facilitator_id=by.facilitator_id,
        link_id=by.link_id,
    )
    stored = _held(files)
    new: list[DepositedFile] = []
    known: list[DepositedFile] = []
    for given, content in zip(files, stored, strict=True):
        file, is_new = _keep(made, given, content)
        (new if is_new else known).append(file)
    if not new:
        return Deposited(None, [], known)
    fact = SheetsDeposited(deposit_id=made.pk, files=len(new), session_id=session.pk if session else None)
    journal.record(fact, by=by, mission_id=where.pk if where else None)
    for file in new:
        registry.start("deposits.read", file.pk)
    return Deposited(made, new, known)


def _may_deposit(session: Session | None, mission: Mission | None, by: Actor) -> list[Blocker]:
    if session is not None:
        return list(rules.may_deposit_at(session, by))
    if mission is not None:
        return list(may_run(mission, by))
    return list(rules.may_deposit(by))


def _held(files: Sequence[GivenFile]) -> list[StoredFile]:
    """Keep the content of files, each held to the end of the transaction: who gives the same meanwhile waits, and finds
    it deposited. One after the other by their hash, so that nobody waits for who waits for them.
    """
    digests = [sha256(given.content).hexdigest() for given in files]
    held = {}
    for digest, given in sorted(zip(digests, files, strict=True), key=itemgetter(0)):
        kept = files_room.keep(given.content, content_type=str(kind_of(given.content)))
        held[digest] = StoredFile.objects.select_for_update(no_key=True).get(pk=kept.pk)
    return [held[digest] for digest in digests]


def _keep(made: Deposit, given: GivenFile, stored: StoredFile) -> tuple[DepositedFile, bool]:
    """Keep one file whose content is held, and the deposit with the first that is new."""
    known = DepositedFile.objects.filter(stored=stored).select_related("deposit").first()
    if known:
        return known, False
    if made.pk is None:
        made.save()
    return DepositedFile.objects.create(stored=stored, deposit=made, name=given.name[:LONGEST_NAME]), True
