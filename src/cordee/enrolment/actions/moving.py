"""Moving people from one session to another: one by one, or all in one go, to be undone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched

from django.db import transaction
from django.db.models import ProtectedError

from cordee.enrolment import queries, rules
from cordee.enrolment.actions.listing import AT_ONCE
from cordee.enrolment.facts import ParticipantsMoved
from cordee.enrolment.models import Enrolment, Split
from cordee.enrolment.rules import Wishes
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import Blocker, refuse_if
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.missions.rules import is_running, may_run
from cordee.planning.actions.holding import held
from cordee.planning.models import Session

type _Moves = list[tuple[Enrolment, Session, Session]]
"""Who, from where, to where."""


@transaction.atomic
def move(*, enrolment_ids: Iterable[int], session_id: int, by: Actor) -> int:
    """Move people to another session of the same service; each keeps their place, so that one update tells
    who was told. Return how many moved. Raises Refused: then nobody does.
    """
    target, mission = held(session_id)
    refuse_if([*may_run(mission, by), *is_running(mission)])
    moves = _moves(dict.fromkeys(enrolment_ids, target.pk))
    _carry_out(moves, mission, by)
    return len(moves)


@transaction.atomic
def split(*, mission_id: int, placement: Mapping[int, int], wishes: Wishes | None = None, by: Actor) -> Split:
    """Put people (by enrolment) on parallel sessions, all in one go; kept so that it can be undone.
    Raises Refused: then nobody moves.
    """
    mission = missions.locked(mission_id)
    refuse_if([*may_run(mission, by), *is_running(mission)])
    moves = _moves(placement)
    refuse_if(rules.somebody_moves(len(moves)))
    refuse_if(_wishes_are_kept(placement, wishes or Wishes()))
    made = Split.objects.create(
        mission=mission,
        at=clock.now(),
        user_id=by.user_id,
        moves=[[e.pk, source.pk, target.pk] for e, source, target in moves],
    )
    _carry_out(moves, mission, by, split_id=made.pk)
    return made


@transaction.atomic
def undo_split(*, split_id: int, by: Actor) -> int:
    """Put those back where they were who are still where these groups put them; possible until a mail about
    it has left. Return how many went back. Raises Refused.
    """
    mission = missions.locked(Split.objects.values_list("mission_id", flat=True).get(pk=split_id))
    made = Split.objects.get(pk=split_id)
    last = queries.last_split(mission.pk)
    refuse_if([*may_run(mission, by), *is_running(mission)])
    refuse_if(
        rules.can_be_undone(
            undone=made.undone_at is not None,
            told=queries.was_told(made),
            latest=last is not None and last.pk == made.pk,
        )
    )
    put = {enrolment_id: (source, target) for enrolment_id, source, target in made.moves}
    still = Enrolment.objects.filter(pk__in=put, cancelled_at=None).values_list("pk", "session_id")
    moves = _moves({pk: put[pk][0] for pk, at in still if at == put[pk][1]})
    _carry_out(moves, mission, by, split_id=made.pk, undone=True)
    made.undone_at = clock.now()
    made.save(update_fields=["undone_at"])
    return len(moves)


def _moves(wanted: Mapping[int, int]) -> _Moves:
    """Return who is not yet on the session they are wanted on, in the order of the list."""
    people = [e for e in queries.by_ids(wanted) if e.session_id != wanted[e.pk]]
    sessions = Session.objects.in_bulk({e.session_id for e in people} | {wanted[e.pk] for e in people})
    in_order = sorted(people, key=lambda e: e.pk)
    return [(e, sessions[e.session_id], sessions[wanted[e.pk]]) for e in in_order]


def _wishes_are_kept(placement: Mapping[int, int], wishes: Wishes) -> Iterable[Blocker]:
    people = sorted(queries.by_ids(placement), key=lambda e: e.pk)
    return rules.fits(placement, queries.members(people), (), wishes)


def _carry_out(
    moves: _Moves, mission: Mission, by: Actor, *, split_id: int | None = None, undone: bool = False
) -> None:
    given_up = _others_of(moves)
    refuse_if(_reasons_against(moves, given_up))
    replaced = _clear(moves, given_up)
    now_at: dict[tuple[int, int], list[int]] = defaultdict(list)
    for enrolment, source, target in moves:
        enrolment.session = target
        now_at[source.pk, target.pk].append(enrolment.pk)
    Enrolment.objects.bulk_update([e for e, _source, _target in moves], ["session"], batch_size=AT_ONCE)
    for (source_id, target_id), ids in now_at.items():
        for some in batched(ids, AT_ONCE):
            fact = ParticipantsMoved(
                session_id=target_id,
                from_session_id=source_id,
                enrolment_ids=list(some),
                replaced_ids=[replaced[pk] for pk in some if pk in replaced],
                split_id=split_id,
                undone=undone,
            )
            journal.record(fact, by=by, mission_id=mission.pk)


def _others_of(moves: _Moves) -> dict[tuple[int, int], Enrolment]:
    """Return the places that the same people have, or had, on the sessions they go to."""
    found = Enrolment.objects.filter(
        session_id__in={target.pk for _e, _source, target in moves},
        participant_id__in={e.participant_id for e, _source, _target in moves},
    )
    return {(e.session_id, e.participant_id): e for e in found}


def _reasons_against(moves: _Moves, others: Mapping[tuple[int, int], Enrolment]) -> list[Blocker]:
    targets = {target.pk: target for _e, _source, target in moves}
    sources = {source.pk: source for _e, source, _target in moves}
    pairs = {(source.pk, target.pk) for _e, source, target in moves}
    blockers = [
        *(b for target in targets.values() for b in rules.may_take(target)),
        *(b for source in sources.values() for b in rules.may_leave(source)),
        *(
            b
            for source, target in sorted(pairs)
            for b in rules.same_service(sources[source], targets[target])
        ),
        *(b for e, _source, _target in moves for b in rules.on_list(e)),
        *_room(moves, targets),
    ]
    for target in targets.values():
        there = [
            e.participant.full_name
            for e, _source, to in moves
            if to.pk == target.pk
            and (other := others.get((target.pk, e.participant_id)))
            and other.cancelled_at is None
        ]
        blockers += rules.not_there_already(there, target)
    return blockers


def _room(moves: _Moves, targets: Mapping[int, Session]) -> Iterable[Blocker]:
    """Those who leave make room for those who come, in the same go."""
    coming = Counter(target.pk for _e, _source, target in moves)
    leaving = Counter(source.pk for _e, source, _target in moves)
    enrolled = queries.counts(targets)
    for target in targets.values():
        more = coming[target.pk] - leaving[target.pk]
        if more > 0:
            yield from rules.fits_the_room(target, enrolled=enrolled.get(target.pk, 0), more=more)


def _clear(moves: _Moves, others: Mapping[tuple[int, int], Enrolment]) -> dict[int, int]:
    """Take away the places that were given up where people are moved to; return them by who comes.

    Raises Refused when something hangs on one.
    """
    replaced = {}
    for enrolment, _source, target in moves:
        if given_up := others.get((target.pk, enrolment.participant_id)):
            replaced[enrolment.pk] = given_up.pk
            refuse_if(rules.leaves_nothing_behind(_kept(given_up, enrolment), target))
    return replaced


def _kept(given_up: Enrolment, enrolment: Enrolment) -> Sequence[str]:
    try:
        with transaction.atomic():
            given_up.delete()
    except ProtectedError:
        return [enrolment.participant.full_name]
    return []
