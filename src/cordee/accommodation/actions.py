"""Telling of an access need, seeing to it, and forgetting what was told when its time is over."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from cordee.accommodation import queries, rules
from cordee.accommodation.facts import (
    AccommodationAsked,
    AccommodationMoved,
    AdaptationPrepared,
    NeedErased,
)
from cordee.accommodation.models import AccommodationRequest
from cordee.accommodation.states import NEED_KEPT, REQUEST, RequestState
from cordee.journal import actions as journal
from cordee.journal.states import ERASED
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions import queries as missions
from cordee.missions.rules import is_running
from cordee.organisation.rules import is_near
from cordee.planning.rules import is_planned

AT_ONCE = 500
"""Requests whose need is erased in one go."""


@transaction.atomic
def ask(*, enrolment_id: int, need: str, by: Actor) -> AccommodationRequest:
    """Tell of an access need on somebody's enrolment; told again while it is open, the new words replace the
    former. That a link is this participant's is for its page to know. Raises Refused.
    """
    enrolment = queries.enrolment(enrolment_id)
    mission = missions.locked(enrolment.session.mission_id)
    need = need.strip()
    refuse_if(rules.may_tell(by))
    refuse_if(
        [
            *is_running(mission),
            *is_planned(enrolment.session),
            *rules.is_expected(enrolment),
            *rules.says_something(need, field="need"),
        ]
    )
    known = AccommodationRequest.objects.filter(enrolment=enrolment, state=RequestState.OPEN).first()
    now = clock.now()
    request = known or AccommodationRequest(
        enrolment=enrolment, asked_at=now, due_on=rules.default_due(enrolment.session, now)
    )
    if known and known.need == need:
        return known
    request.need = need
    request.version += 1 if known else 0
    request.save()
    journal.record(AccommodationAsked(request_id=request.pk, again=known is not None), by=by)
    return request


@transaction.atomic
def prepare(
    *, request_id: int, adaptation: str, due_on: date, expected_version: int | None, by: Actor
) -> AccommodationRequest:
    """Write what will be adapted, in the words that who runs the session reads, and by when it must be in
    place. Raises Refused.
    """
    request = _held(request_id)
    adaptation = adaptation.strip()
    refuse_if(rules.may_handle(by))
    refuse_if(
        [
            *rules.is_unchanged(request, expected_version),
            *rules.move_is_possible(request, "finish"),
            *(rules.says_something(adaptation, field="adaptation") if adaptation else ()),
            *(is_near(due_on, field="due_on") if due_on != request.due_on else ()),
        ]
    )
    wanted = {"adaptation": adaptation, "due_on": due_on}
    changed = [name for name, value in wanted.items() if getattr(request, name) != value]
    if changed:
        request.due_by_hand = request.due_by_hand or "due_on" in changed
        request.adaptation, request.due_on = adaptation, due_on
        request.version += 1
        request.save(update_fields=["adaptation", "due_on", "due_by_hand", "version"])
        journal.record(AdaptationPrepared(request_id=request.pk, fields=changed), by=by)
    return request


@transaction.atomic
def finish(*, request_id: int, by: Actor) -> None:
    """Say that what was to be adapted is in place. Raises Refused."""
    request = _held(request_id)
    refuse_if(rules.may_handle(by))
    refuse_if(rules.says_something(request.adaptation, field="adaptation"))
    _move(request, "finish", by)


@transaction.atomic
def decline(*, request_id: int, reason: str, by: Actor) -> None:
    """Say that nothing can be adapted, with the reason, which the participant reads. Raises Refused."""
    request = _held(request_id)
    refuse_if(rules.may_handle(by))
    refuse_if(rules.says_something(reason.strip(), field="reason"))
    request.declined_because = reason.strip()
    _move(request, "decline", by)


@transaction.atomic
def reopen(*, request_id: int, by: Actor) -> None:
    """Open a request again that was settled too early. Raises Refused."""
    request = _held(request_id)
    refuse_if(rules.may_handle(by))
    others = AccommodationRequest.objects.filter(enrolment=request.enrolment_id, state=RequestState.OPEN)
    refuse_if(rules.is_the_only_one(others.count()))
    request.declined_because = ""
    _move(request, "reopen", by)


@transaction.atomic
def withdraw(*, request_id: int, by: Actor) -> None:
    """Take a request back; what was told of the need is forgotten at once. Raises Refused."""
    request = _held(request_id)
    refuse_if(rules.may_tell(by))
    request.need, request.need_erased_at = "", clock.now()
    _move(request, "withdraw", by)


def follow_session(*, session_id: int) -> None:
    """Let the days by which requests are due follow the session, but for those that somebody chose. Safe to
    run twice.
    """
    for request in queries.open_of_sessions([session_id]):
        due_on = rules.default_due(request.enrolment.session, request.asked_at)
        if not request.due_by_hand and request.due_on != due_on:
            AccommodationRequest.objects.filter(pk=request.pk, due_by_hand=False).update(due_on=due_on)


@transaction.atomic
def erase_old_needs(*, by: Actor) -> int:
    """Erase what was told of needs whose time is over. Return how many; the rest stays as evidence."""
    over = AccommodationRequest.objects.filter(
        enrolment__session__ends_at__lt=clock.now() - NEED_KEPT
    ).exclude(need="")
    ids = list(over.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    AccommodationRequest.objects.filter(pk__in=ids).update(need="", need_erased_at=clock.now())
    for request_id in ids:
        journal.record(NeedErased(request_id=request_id), by=by)
    return len(ids)


def erase_person(*, enrolment_ids: Collection[int]) -> None:
    """Erase what somebody told of their needs and what was said of it; that something was adapted stays as evidence."""
    theirs = AccommodationRequest.objects.filter(enrolment_id__in=enrolment_ids)
    theirs.exclude(need="").update(need="", need_erased_at=clock.now())
    theirs.exclude(adaptation="").update(adaptation=ERASED)
    theirs.exclude(declined_because="").update(declined_because=ERASED)


def _held(request_id: int) -> AccommodationRequest:
    """Return the request as it is once its mission is held."""
    found = AccommodationRequest.objects.filter(pk=request_id)
    missions.locked(found.values_list("enrolment__session__mission_id", flat=True).get())
    return found.select_related("enrolment__session").get()


def _move(request: AccommodationRequest, move: str, by: Actor) -> None:
    refuse_if(rules.move_is_possible(request, move))
    before, after = REQUEST.move(request, move), REQUEST.state_of(request)
    request.version += 1
    settled = after != RequestState.OPEN
    request.settled_at, request.user_id = (clock.now(), by.user_id) if settled else (None, None)
    request.save()
    journal.record(AccommodationMoved(request_id=request.pk, before=before, after=after), by=by)
