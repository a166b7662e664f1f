"""Receiving a complaint, speaking of it, deciding it; reminding of what is late, and forgetting what was said."""

from collections.abc import Collection

from django.db import transaction

from cordee.journal import actions as journal
from cordee.journal.states import ERASED
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.identifiers import by_lot
from cordee.kernel.refusals import refuse_if
from cordee.mail import actions as mail
from cordee.missions import queries as missions
from cordee.network import queries as network
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.quality import queries, rules
from cordee.quality.facts import (
    ComplaintDecided,
    ComplaintLate,
    ComplaintReceived,
    ComplaintReopened,
    ComplaintRestricted,
    ComplaintSpokenOf,
    ComplaintTaken,
    ComplaintWordsErased,
)
from cordee.quality.models import Complaint, Decision, Exchange
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import (
    COMPLAINT,
    MAIL_ABOUT,
    MAILS_WITH_WORDS,
    PREFIX,
    WORDS_KEPT,
    ComplaintState,
    Direction,
    Outcome,
)

AT_ONCE = 200
"""Complaints whose words are erased in one go."""


@transaction.atomic
def receive(
    *,
    draft: ComplaintDraft,
    raiser: Raiser,
    mission_id: int | None = None,
    session_id: int | None = None,
    by: Actor,
) -> Complaint:
    """Take a complaint, an incident or a difficulty into the register, with a number and the day by which it is to be
    decided. On any mission, running or closed: it is never too late to say what went wrong. Raises Refused.
    """
    words = draft.words.strip()
    if session_id is not None and (session := planning.session(session_id)):
        mission_id = session.mission_id
    # Held, so that what comes through one link is counted one after the other.
    mission = missions.locked(mission_id) if mission_id is not None else None
    refuse_if(rules.may_raise(raiser, mission, by))
    refuse_if([*rules.is_not_one_of_many(queries.raised_today(raiser), by), *rules.says_something(words)])
    confidential = draft.confidential or draft.about_facilitator_id is not None
    today = clock.today()
    complaint = Complaint.objects.create(
        ref=_free_ref(today.year),
        kind=draft.kind,
        confidential=confidential,
        about_facilitator_id=draft.about_facilitator_id,
        enrolment_id=raiser.enrolment_id,
        facilitator_id=raiser.facilitator_id,
        contact_id=raiser.contact_id,
        staff_id=raiser.staff_id,
        mission_id=mission_id,
        session_id=session_id,
        words=words,
        received_at=clock.now(),
        due_on=rules.due_on(today, the_organisation(), confidential=confidential),
    )
    mission_id, session_id = _told_on(complaint)
    fact = ComplaintReceived(complaint_id=complaint.pk, kind=complaint.kind, session_id=session_id)
    journal.record(fact, by=by, mission_id=mission_id)
    return complaint


@transaction.atomic
def take(*, complaint_id: int, by: Actor) -> None:
    """Become the owner of a complaint, perhaps in the place of a colleague. One's own already: nothing changes.
    Raises Refused.
    """
    complaint = _held(complaint_id)
    refuse_if(
        [*rules.may_decide(complaint, by), *rules.is_somebody(by), *rules.move_is_possible(complaint, "take")]
    )
    if complaint.owner_id == by.user_id:
        return
    before = complaint.owner_id
    COMPLAINT.move(complaint, "take")
    complaint.owner_id = by.user_id
    complaint.save(update_fields=["state", "owner"])
    journal.record(ComplaintTaken(complaint_id=complaint.pk, before_user_id=before), by=by)


@transaction.atomic
def add(*, complaint_id: int, direction: Direction, words: str, by: Actor) -> Exchange:
    """Keep something said of a complaint: what is for who raised it is mailed to them. Raises Refused."""
    complaint = _held(complaint_id)
    refuse_if(rules.may_decide(complaint, by))
    return _keep(complaint, direction, words, by)


@transaction.atomic
def answer(*, complaint_id: int, words: str, by: Actor) -> Exchange:
    """Say more as who raised it; that it is theirs is for the page to know. Also of one that was decided: quality
    may open it again. Raises Refused.
    """
    return _keep(_held(complaint_id), Direction.FROM_THEM, words, by)


@transaction.atomic
def decide(*, complaint_id: int, outcome: Outcome, words: str, by: Actor) -> Decision:
    """Decide a complaint, in words that are sent to who raised it. Raises Refused."""
    complaint = _held(complaint_id)
    words = words.strip()
    refuse_if(rules.may_decide(complaint, by))
    refuse_if([*rules.move_is_possible(complaint, "decide"), *rules.says_something(words)])
    now = clock.now()
    decision = Decision.objects.create(
        complaint=complaint, outcome=outcome, words=words, at=now, user_id=by.user_id
    )
    COMPLAINT.move(complaint, "decide")
    complaint.decided_at, complaint.outcome, complaint.words_erased_at = now, outcome, None
    complaint.save(update_fields=["state", "decided_at", "outcome", "words_erased_at"])
    mission_id, session_id = _told_on(complaint)
    fact = ComplaintDecided(
        complaint_id=complaint.pk, decision_id=decision.pk, kind=complaint.kind, session_id=session_id
    )
    journal.record(fact, by=by, mission_id=mission_id)
    return decision


@transaction.atomic
def reopen(*, complaint_id: int, reason: str, by: Actor) -> None:
    """Open a decided complaint again, with the reason as an internal note; its decision stays on record, and a new day
    is set for the next one. Raises Refused.
    """
    complaint = _held(complaint_id)
    refuse_if([*rules.may_decide(complaint, by), *rules.move_is_possible(complaint, "reopen")])
    _keep(complaint, Direction.NOTE, reason, by, field="reason")
    COMPLAINT.move(complaint, "reopen")
    complaint.decided_at, complaint.outcome = None, ""
    complaint.due_on = rules.due_on(clock.today(), the_organisation(), confidential=complaint.confidential)
    complaint.save(update_fields=["state", "decided_at", "outcome", "due_on"])
    journal.record(ComplaintReopened(complaint_id=complaint.pk), by=by)


@transaction.atomic
def restrict(*, complaint_id: int, about_facilitator_id: int | None = None, by: Actor) -> None:
    """Make a complaint confidential: it turned out to be about how a person behaved. It is due as soon as one that
    was confidential from the first, and told of as little: its mission does not tell of it any more. What was written
    to who raised it and has not left does not leave any more: it is told anew, without a word of it.
    Raises Refused.
    """
    complaint = _held(complaint_id)
    about = network.facilitator(about_facilitator_id) if about_facilitator_id is not None else None
    refuse_if(
        [
            *rules.may_decide(complaint, by),
            *rules.is_not_restricted(complaint),
            *rules.is_about_somebody_else(about, by),
        ]
    )
    complaint.confidential, complaint.about_facilitator_id = True, about_facilitator_id
    soon = rules.due_on(clock.today(), the_organisation(), confidential=True)
    complaint.due_on = min(complaint.due_on, soon)
    if about and about.user_id == complaint.owner_id:
        complaint.owner_id = by.user_id
    complaint.save(update_fields=["confidential", "about_facilitator", "due_on", "owner"])
    mail.withhold(kind=MAIL_ABOUT, thing_id=complaint.pk, purposes=MAILS_WITH_WORDS)
    journal.record(ComplaintRestricted(complaint_id=complaint.pk), by=by)


@transaction.atomic
def remind_late(*, by: Actor) -> int:
    """Say of each complaint whose day has gone by that it is late, once for each day that was set. Return how many."""
    ids = queries.gone_by()
    for complaint in Complaint.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk"):
        complaint.reminded_of = complaint.due_on
        complaint.save(update_fields=["reminded_of"])
        journal.record(ComplaintLate(complaint_id=complaint.pk), by=by)
    return len(ids)


@transaction.atomic
def erase_old_words(*, by: Actor) -> int:
    """Erase what was said of complaints whose time is over. Return how many; the rest stays as figures."""
    over = Complaint.objects.filter(
        state=ComplaintState.DECIDED, decided_at__lt=clock.now() - WORDS_KEPT, words_erased_at=None
    )
    ids = list(over.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    _erase(ids, by)
    return len(ids)


@transaction.atomic
def erase_person(*, enrolment_ids: Collection[int], by: Actor) -> None:
    """Erase what was said of the complaints that somebody raised; that there were some stays as figures."""
    theirs = Complaint.objects.filter(enrolment_id__in=enrolment_ids, words_erased_at=None)
    _erase(list(theirs.order_by("pk").values_list("pk", flat=True)), by)


def _erase(ids: Collection[int], by: Actor) -> None:
    Exchange.objects.filter(complaint_id__in=ids).update(words=ERASED)
    Decision.objects.filter(complaint_id__in=ids).update(words=ERASED)
    Complaint.objects.filter(pk__in=ids).update(words=ERASED, words_erased_at=clock.now())
    for complaint_id in ids:
        journal.record(ComplaintWordsErased(complaint_id=complaint_id), by=by)


def _held(complaint_id: int) -> Complaint:
    """Return the complaint as it is once it is held."""
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint_id)


def _free_ref(year: int) -> str:
    """Return a reference that no complaint has; of two that draw the same at once, the table refuses one."""
    ref = by_lot(PREFIX, year)
    while Complaint.objects.filter(ref=ref).exists():
        ref = by_lot(PREFIX, year)
    return ref


def _keep(
    complaint: Complaint, direction: Direction, words: str, by: Actor, *, field: str = "words"
) -> Exchange:
    words = words.strip()
    refuse_if(rules.says_something(words, field=field))
    if complaint.words_erased_at is not None:  # there is something to erase again
        complaint.words_erased_at = None
        complaint.save(update_fields=["words_erased_at"])
    kept = Exchange.objects.create(
        complaint=complaint, direction=direction, words=words, at=clock.now(), user_id=by.user_id
    )
    fact = ComplaintSpokenOf(complaint_id=complaint.pk, exchange_id=kept.pk, direction=direction)
    journal.record(fact, by=by)
    return kept


def _told_on(complaint: Complaint) -> tuple[int | None, int | None]:
    """Return the mission whose timeline tells of it, and the session it names: none of a confidential one."""
    return (None, None) if complaint.confidential else (complaint.mission_id, complaint.session_id)
