"""The register of complaints: raised by everybody concerned, decided by a day; what is confidential, few know of."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.journal.models import Entry
from cordee.journal.states import ERASED
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.permissions import Permission, Role, permissions_of
from cordee.kernel.refusals import Refused, Turn
from cordee.links.models import PersonalLink
from cordee.mail import queries as mail
from cordee.mail.actions import send_again
from cordee.mail.models import Message
from cordee.mail.states import MessageState
from cordee.notifications.complaints import Reach, reach
from cordee.planning.models import Session
from cordee.quality import actions, queries, rules, tasks
from cordee.quality.facts import ComplaintLate
from cordee.quality.models import Complaint, Exchange
from cordee.quality.queries import Counted
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import (
    MAILS_WITH_WORDS,
    MOST_A_DAY,
    WORDS_KEPT,
    ComplaintKind,
    Direction,
    Outcome,
)
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import ask_client, confirm, enrol, plan, told

LINK = Actor(ActorKind.LINK, link_id=1)
WORDS = "La salle était fermée, et personne ne répondait."
TOLD = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words=WORDS)


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor, language="en")
    confirm(cast, session, cast.noor)
    return session


@pytest.fixture
def ana(cast: Cast, session: Session) -> Enrolment:
    return enrol(cast, session, "Ana")[0]


@pytest.fixture
def quality(cast: Cast) -> Actor:
    return cast.actor(cast.quitterie)


def raised(ana: Enrolment, **changes: Any) -> Complaint:
    draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words=f"  {WORDS} ", **changes)
    raiser = Raiser(enrolment_id=ana.pk)
    return actions.receive(draft=draft, raiser=raiser, session_id=ana.session_id, by=LINK)


def mails(purpose: str) -> list[Message]:
    return list(Message.objects.filter(purpose=purpose).order_by("pk"))


# --- raising --------------------------------------------------------------------------------------
def test_it_has_a_number_and_a_day_and_is_acknowledged_at_once(
    *, cast: Cast, ana: Enrolment, settle: Any
) -> None:
    first, second = raised(ana), raised(ana, confidential=True)
    for one in (first, second):
        assert re.fullmatch(r"Q-2027-[2-9A-HJKMNP-Z]{5}", one.ref), (
            "by lot: no gap tells of one that is hidden"
        )
    assert (first.words, first.mission_id) == (WORDS, cast.mission.pk)
    assert (first.due_on, second.due_on) == (date(2027, 2, 3), date(2027, 1, 9)), (
        "30 days; 5 when confidential"
    )
    settle()
    acknowledged = mails("complaint_received")
    assert [m.to_email for m in acknowledged] == ["ana@valmont.example"] * 2
    assert [m.to_email for m in mails("complaint_told")] == [cast.quitterie.email] * 2
    page = PersonalLink.objects.get(purpose=PARTICIPANT_LINK)
    assert page.subject_id == ana.pk, "its button leads to their own page"
    for message in acknowledged:
        assert "Q-2027-" in message.subject
        assert "/complaint/" in message.text
        assert WORDS not in message.text
        assert mail.message(message.pk) is None, "the office does not read it"


def test_everybody_complains_in_their_own_name(*, cast: Cast, ana: Enrolment, session: Session) -> None:
    def by(person: Any, **raiser: int) -> Complaint:
        return actions.receive(
            draft=TOLD, raiser=Raiser(**raiser), session_id=session.pk, by=cast.actor(person)
        )

    by(cast.noor, facilitator_id=cast.noor.pk)
    by(cast.farid, staff_id=cast.farid.pk)
    for person in (cast.camille, cast.olga, cast.quitterie, cast.ada):
        by(person, contact_id=cast.contact.pk)  # who runs the mission, or sees to complaints, writes it down
    for person, raiser in (
        (cast.noor, {"enrolment_id": ana.pk}),
        (cast.noor, {"facilitator_id": cast.elodie.pk}),
        (cast.dan, {"contact_id": cast.contact.pk}),
        (cast.farid, {"staff_id": cast.olga.pk}),
    ):
        with refused("not_in_their_name", turn=Turn.QUALITY):
            by(person, **raiser)
    with pytest.raises(IntegrityError), transaction.atomic():
        by(cast.ada, enrolment_id=ana.pk, contact_id=cast.contact.pk)
    for words, code in (("  ", "nothing_said"), ("x" * 5_001, "too_long")):
        with refused(code):
            actions.receive(
                draft=ComplaintDraft(kind=ComplaintKind.INCIDENT, words=words),
                raiser=Raiser(enrolment_id=ana.pk),
                by=LINK,
            )


def test_nobody_fills_the_register_by_a_link(*, cast: Cast, ana: Enrolment, now: MovableClock) -> None:
    for _ in range(MOST_A_DAY):
        raised(ana)
    with refused("too_many_today"):
        raised(ana)
    for _ in range(MOST_A_DAY + 1):  # who has an account is known
        actions.receive(draft=TOLD, raiser=Raiser(staff_id=cast.olga.pk), by=cast.actor(cast.olga))
    now.move_to("2027-01-05 12:01")
    raised(ana)


# --- seeing to it ---------------------------------------------------------------------------------
def test_it_is_taken_answered_decided_and_opened_again(
    *, cast: Cast, ana: Enrolment, quality: Actor, settle: Any, now: MovableClock
) -> None:
    complaint = raised(ana)
    with refused("no_such_move"):
        actions.decide(complaint_id=complaint.pk, outcome=Outcome.PARTLY, words="Oui", by=quality)
    with refused("no_such_move"):
        actions.reopen(complaint_id=complaint.pk, reason="Trop tôt", by=quality)
    with refused("nobody"):
        actions.take(complaint_id=complaint.pk, by=COMMAND)
    actions.take(complaint_id=complaint.pk, by=quality)
    actions.take(complaint_id=complaint.pk, by=cast.actor(cast.ada))
    for direction, words in ((Direction.TO_THEM, "À quelle heure ?"), (Direction.NOTE, "Appeler la mairie")):
        actions.add(complaint_id=complaint.pk, direction=direction, words=words, by=quality)
    actions.answer(complaint_id=complaint.pk, words="À 9 h.", by=LINK)
    settle()
    (answered,) = mails("complaint_answered")
    assert "À quelle heure ?" in answered.text
    assert [m.to_email for m in mails("complaint_said_more")] == [cast.ada.email], "its owner"
    actions.decide(complaint_id=complaint.pk, outcome=Outcome.PARTLY, words="Vous avez raison.", by=quality)
    settle()
    (decided,) = mails("complaint_decided")
    assert "founded in part" in decided.text
    assert "Vous avez raison." in decided.text
    with refused("nothing_said"):
        actions.reopen(complaint_id=complaint.pk, reason=" ", by=quality)
    now.move_to("2027-02-10 09:00")
    actions.reopen(complaint_id=complaint.pk, reason="Un second témoin", by=quality)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.outcome, complaint.due_on) == ("under_way", "", date(2027, 3, 12))
    theirs = [(s.direction, s.words) for s in queries.said([complaint.pk], notes=False)]
    assert theirs == [
        ("to_them", "À quelle heure ?"),
        ("from_them", "À 9 h."),
        ("to_them", "Vous avez raison."),
    ]
    notes = {s.words for s in queries.said([complaint.pk], notes=True)} - {words for _, words in theirs}
    assert notes == {"Appeler la mairie", "Un second témoin"}


@pytest.mark.parametrize("who", ["olga", "farid", "camille", "noor"])
def test_only_quality_sees_to_it(*, cast: Cast, ana: Enrolment, who: str) -> None:
    complaint, by = raised(ana), cast.actor(getattr(cast, who))
    for action, values in (
        (actions.take, {}),
        (actions.add, {"direction": Direction.NOTE, "words": "x"}),
        (actions.decide, {"outcome": Outcome.FOUNDED, "words": "x"}),
        (actions.reopen, {"reason": "x"}),
        (actions.restrict, {}),
    ):
        with pytest.raises(Refused) as caught:
            action(complaint_id=complaint.pk, **values, by=by)  # type: ignore[operator]  # each takes its own
        assert caught.value.blockers[0].code == "not_quality", action.__name__


# --- who knows of it ------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [*Role, None])
def test_a_confidential_one_exists_for_those_in_charge_alone(
    *, cast: Cast, ana: Enrolment, role: Role | None, settle: Any
) -> None:
    """The table over all roles, and nobody's; the coordinator and the facilitators of the session have none."""
    open_one, secret = raised(ana), raised(ana, about_facilitator_id=cast.noor.pk)
    assert secret.confidential, "what is about a person is confidential, whatever was ticked"
    by = Actor(ActorKind.USER, user_id=1, permissions=permissions_of(frozenset({role} if role else ())))
    in_charge = role in {Role.QUALITY, Role.ADMINISTRATOR}
    assert by.may(Permission.HANDLE_CONFIDENTIAL_COMPLAINTS) == in_charge
    for state in ("open", "received", ""):
        listed = queries.listed(by, state=state)
        assert (secret in listed) == in_charge
        assert {c for c in listed if not rules.may_read(c, by)} == set()
    assert (queries.complaint_of(secret.ref, by) is not None) == in_charge
    assert queries.open_count(by) == (2 if in_charge else 1 if role == Role.AUDITOR else 0)
    if in_charge:
        # Also somebody in charge does not see what is about them.
        noor = Actor(
            ActorKind.USER, user_id=cast.noor.user_id, facilitator_id=cast.noor.pk, permissions=by.permissions
        )
        assert set(queries.listed(noor)) == {open_one}
        assert queries.complaint_of(secret.ref, noor) is None
        with refused("not_yours"):
            actions.take(complaint_id=secret.pk, by=noor)
        no_facilitator = replace(noor, facilitator_id=None)
        assert set(queries.listed(no_facilitator)) == {open_one}, "neither once they have left the network"
        assert not rules.may_read(secret, no_facilitator)


def test_nothing_of_a_confidential_one_is_told_elsewhere(
    *, cast: Cast, ana: Enrolment, quality: Actor, settle: Any
) -> None:
    accounts.set_roles(user_id=cast.noor.user_id, roles=[Role.QUALITY], by=COMMAND)
    secret = raised(ana, about_facilitator_id=cast.noor.pk)
    settle()
    actions.take(complaint_id=secret.pk, by=quality)
    actions.add(
        complaint_id=secret.pk, direction=Direction.TO_THEM, words="Pouvez-vous préciser ?", by=quality
    )
    actions.decide(complaint_id=secret.pk, outcome=Outcome.FOUNDED, words="Cela n’arrivera plus.", by=quality)
    settle()
    facts = Entry.objects.filter(subject=f"complaint_id:{secret.pk}")
    assert facts.count() == 4
    assert not facts.exclude(mission_id=None).exists(), "no timeline tells of it"
    assert {f.payload.get("session_id") for f in facts} == {None}
    assert WORDS not in json.dumps(list(facts.values_list("payload", flat=True)))
    written = Message.objects.filter(about_kind="complaint") | Message.objects.filter(
        purpose="complaint_told"
    )
    assert {m.purpose for m in written} == {"complaint_received", "confidential_news", "complaint_told"}
    assert not written.filter(to_email=cast.noor.user.email).exists(), "who it is about learns nothing"
    for message in written:
        for words in (WORDS, "préciser", "arrivera", "onfidential", "founded"):
            assert words not in f"{message.subject} {message.text} {message.html}"
        assert mail.message(message.pk) is None, "secret to the office"
        assert (message.mission_id, message.session_id) == (None, None)


def test_made_confidential_it_is_due_sooner_and_leaves_whom_it_is_about(
    *, cast: Cast, ana: Enrolment, quality: Actor, settle: Any
) -> None:
    accounts.set_roles(user_id=cast.noor.user_id, roles=[Role.QUALITY], by=COMMAND)
    cast.noor.user.refresh_from_db()
    complaint = raised(ana)
    actions.take(complaint_id=complaint.pk, by=cast.actor(cast.noor))
    actions.add(complaint_id=complaint.pk, direction=Direction.TO_THEM, words="Quand ?", by=quality)
    settle()
    (answered,) = mails("complaint_answered")
    Message.objects.update(state="sent", sent_at=clock.now())
    assert mail.message(answered.pk) is None, "what is said to who complains is theirs, and quality's"
    with refused("about_you"):
        actions.restrict(
            complaint_id=complaint.pk, about_facilitator_id=cast.noor.pk, by=cast.actor(cast.noor)
        )
    actions.restrict(complaint_id=complaint.pk, about_facilitator_id=cast.noor.pk, by=quality)
    complaint.refresh_from_db()
    assert (complaint.confidential, complaint.owner_id) == (True, cast.quitterie.pk)
    assert complaint.due_on == date(2027, 1, 9)
    settle()
    assert not mail.messages().filter(text__contains="Quand ?").exists(), "the office reads it no more"
    assert Message.objects.filter(text__contains="Quand ?").count() == 1
    with refused("already_confidential"):
        actions.restrict(complaint_id=complaint.pk, by=quality)


def test_made_confidential_its_words_do_not_leave_any_more(
    *, ana: Enrolment, quality: Actor, settle: Any
) -> None:
    complaint = raised(ana)
    actions.take(complaint_id=complaint.pk, by=quality)
    actions.add(complaint_id=complaint.pk, direction=Direction.TO_THEM, words="Quand ?", by=quality)
    actions.decide(complaint_id=complaint.pk, outcome=Outcome.FOUNDED, words="Jamais plus.", by=quality)
    settle()
    words = Message.objects.filter(purpose__in=MAILS_WITH_WORDS)
    assert {m.purpose for m in words} == set(MAILS_WITH_WORDS)
    failed = words.earliest("pk")
    Message.objects.filter(pk=failed.pk).update(state=MessageState.FAILED)
    assert send_again(failed.pk, copies=0)
    actions.restrict(complaint_id=complaint.pk, by=quality)
    assert {m.state for m in Message.objects.filter(text__contains="Quand ?")} == {MessageState.CANCELLED}
    assert {m.state for m in words.all()} == {MessageState.CANCELLED}, "before any worker hears of it"
    settle()
    told = Message.objects.filter(state=MessageState.QUEUED, purpose="confidential_news")
    assert told.count() == 2, "that there is an answer is told all the same"
    for message in Message.objects.exclude(state=MessageState.CANCELLED):
        assert "Quand ?" not in message.text + message.html
        assert "Jamais plus." not in message.text + message.html


def test_figures_tell_nobody_of_a_confidential_one(*, ana: Enrolment, now: MovableClock) -> None:
    raised(ana)
    for _ in range(6):
        raised(ana, confidential=True)
    year = date(2027, 1, 1), date(2027, 12, 31)
    assert queries.counted(*year) == Counted(received=1, year_over=2026)
    now.move_to("2028-01-02 09:00")
    assert queries.counted(*year) == Counted(received=1, late=1, year_over=2027, confidential=6)
    assert queries.counted(date(2028, 1, 1), date(2028, 1, 31)) == Counted(year_over=2027, confidential=6)


def test_it_is_known_whom_nothing_reaches(*, cast: Cast, ana: Enrolment, now: MovableClock) -> None:
    """A confidential answer stands on a page alone: who has none must be called."""

    def of_contact(*, confidential: bool) -> Complaint:
        draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words=WORDS, confidential=confidential)
        raiser = Raiser(contact_id=cast.contact.pk)
        return actions.receive(draft=draft, raiser=raiser, mission_id=cast.mission.pk, by=COMMAND)

    hers, theirs, secret = raised(ana), of_contact(confidential=False), of_contact(confidential=True)
    assert [reach(c) for c in (hers, theirs, secret)] == [Reach.PAGE, Reach.MAIL, Reach.NOTHING]
    ask_client(cast)
    assert [reach(theirs), reach(secret)] == [Reach.PAGE, Reach.NOTHING], (
        "others hold the contact's link, too"
    )
    now.move_to("2027-08-01 09:00")
    assert reach(hers) == Reach.MAIL, "her page has had its time"
    Participant.objects.update(email="")
    hers.refresh_from_db()
    assert reach(hers) == Reach.NOTHING


# --- time -----------------------------------------------------------------------------------------
def test_what_is_late_is_reminded_of_once_the_day_after(
    *, cast: Cast, ana: Enrolment, quality: Actor, settle: Any, now: MovableClock
) -> None:
    of_nobody, owned = raised(ana), raised(ana)
    actions.take(complaint_id=owned.pk, by=cast.actor(cast.ada))
    now.move_to("2027-02-03 23:00")
    tasks.remind_late.call()
    assert queries.late_count(quality) == 0
    now.move_to("2027-02-04 07:17")
    for _ in range(2):
        tasks.remind_late.call()
        settle()
        now.move_to("2027-02-05 07:17")
    assert queries.late_count(quality) == 2
    assert list(queries.listed(quality))[:2] == [of_nobody, owned]
    assert told(ComplaintLate) == [{"complaint_id": of_nobody.pk}, {"complaint_id": owned.pk}]
    assert [m.to_email for m in mails("complaint_late")] == [cast.quitterie.email, cast.ada.email]


def test_words_are_erased_when_their_time_is_over(
    *, ana: Enrolment, quality: Actor, now: MovableClock
) -> None:
    old, going_on = raised(ana), raised(ana)
    for complaint in (old, going_on):
        actions.take(complaint_id=complaint.pk, by=quality)
        actions.add(complaint_id=complaint.pk, direction=Direction.NOTE, words="Sophie", by=quality)
    actions.decide(complaint_id=old.pk, outcome=Outcome.UNFOUNDED, words="Non.", by=quality)
    now.at += WORDS_KEPT
    tasks.erase_old_words.call()
    assert Exchange.objects.filter(words="Sophie").count() == 2, "not a day too early"
    now.move_to("2030-02-01 09:00")
    tasks.erase_old_words.call()
    old.refresh_from_db()
    assert (old.words, old.outcome) == (ERASED, "unfounded"), "what was decided stays, as a figure"
    assert [s.words for s in queries.said([old.pk], notes=True)] == [ERASED] * 2
    assert [s.words for s in queries.said([going_on.pk], notes=True)] == ["Sophie"]
    actions.answer(complaint_id=old.pk, words="Encore Sophie", by=LINK)
    now.move_to("2030-03-01 09:00")
    tasks.erase_old_words.call()
    assert "Encore Sophie" not in [s.words for s in queries.said([old.pk], notes=True)]


def test_who_lost_the_right_hears_of_it_no_more(
    *, cast: Cast, ana: Enrolment, quality: Actor, settle: Any
) -> None:
    complaint = raised(ana, confidential=True)
    actions.take(complaint_id=complaint.pk, by=quality)
    User.objects.filter(pk=cast.quitterie.pk).update(roles=["operations"])
    settle()
    before = len(mails("complaint_said_more"))
    actions.answer(complaint_id=complaint.pk, words="Encore", by=LINK)
    settle()
    told = mails("complaint_said_more")[before:]
    assert told, "somebody else hears of it"
    assert cast.quitterie.email not in {mail.to_email for mail in told}


def test_made_confidential_its_mission_tells_of_it_no_more(
    *, cast: Cast, ana: Enrolment, quality: Actor, settle: Any, client: Client
) -> None:
    def told() -> bool:
        page = client.get(reverse("mission_timeline", args=[cast.mission.ref]))
        return any("clamation" in line.text for line in page.context["entries"])

    client.force_login(cast.olga)
    complaint = raised(ana)
    settle()
    assert told()
    actions.restrict(complaint_id=complaint.pk, by=quality)
    assert not told()


def test_who_erases_learns_no_number_that_they_may_not_know(
    *, cast: Cast, ana: Enrolment, quality: Actor
) -> None:
    complaint = raised(ana, confidential=True)
    assert queries.open_of([ana.pk], quality) == [complaint.ref]
    assert queries.open_of([ana.pk], cast.actor(cast.olga)) == [""]
