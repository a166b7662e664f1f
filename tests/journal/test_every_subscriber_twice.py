"""Every subscriber is safe to run twice: a story told to them two times leaves the same rows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from cordee.accommodation import actions as accommodation
from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState, Way
from cordee.catalogue.states import QuestionnaireKind
from cordee.clients import actions as clients
from cordee.clients.rules import ContactChanges
from cordee.closure import actions as closure
from cordee.conformity import actions as conformity
from cordee.conformity import queries as conformity_queries
from cordee.conformity.states import Reason, SheetState
from cordee.deposits import actions as deposits
from cordee.deposits.actions import reading
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest
from cordee.fees.queries import Stated
from cordee.invoices import actions as invoices
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.journal.models import Delivery, Entry
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.mail.models import Message
from cordee.missions import actions as missions
from cordee.notifications import actions as mails
from cordee.notifications.mails import Purpose
from cordee.notifications.rules import Words
from cordee.notifications.states import MailRule, Timing
from cordee.payments import actions as payments
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.quality import actions as quality
from cordee.quality.models import Complaint
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.rules.improving import ImprovementDraft
from cordee.quality.states import ComplaintKind, Direction, Outcome
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from cordee.suppliers import actions as suppliers
from cordee.suppliers.rules.identity import SupplierChanges
from cordee.suppliers.states import PaperKind
from cordee.surveys.models import Addressee
from tests.attendance.test_signing import given
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.deposits.paper import Reader, Seen, as_read, code_of, deposit_and_read, printed
from tests.money import PAID_BY, known_supplier, ready_supplier, second_person, the_invoice, the_payable
from tests.papers import PDF
from tests.steps import accept_sheets, ask_client, enrol, everything_held, plan, request_fees
from tests.suppliers.stories import BY_LINK, OTHER_IBAN, registered, signed, with_account
from tests.surveys.asking import answer, asked_by
from tests.surveys.opinions import ask, say

MOVING = {"due_at", "attempts", "last_login"}


def rows() -> Counter[tuple[str, str]]:
    """Return every row of every table of the house, but for when they are due."""
    found: Counter[tuple[str, str]] = Counter()
    for model in apps.get_models():
        if not model.__module__.startswith("cordee.") or model is Delivery:
            continue
        found.update((model.__name__, _told(row)) for row in model._default_manager.all())
    return found


def _told(row: Model) -> str:
    return repr(
        [
            (field.attname, getattr(row, field.attname))
            for field in row._meta.concrete_fields
            if field.attname not in MOVING
        ]
    )


def again() -> None:
    """Hand every entry to every one of its subscribers once more."""
    kinds = journal.fact_types()
    for entry in Entry.objects.order_by("pk"):
        recorded: Recorded[Any] = Recorded(
            entry.pk, entry.at, kinds[entry.fact](**entry.payload), entry.mission_id, entry.user_id
        )
        for name in journal.subscribers_of(type(recorded.fact)):
            listener = journal.subscription(name)
            assert listener
            listener.handler(recorded)


def somebody_keeps_the_mails(cast: Cast, session: Session, settle: Callable[[], None]) -> None:
    """Joining instructions wait; meanwhile their words change, and they are stopped and let go again."""
    rule = MailRule(amount=30, timing=Timing.MINUTES_LATER)
    mails.set_rules(wanted={Purpose.JOINING: rule}, expected_version=None, by=COMMAND)
    enrol(cast, session, "Ana")
    settle()
    words = Words("Convocation", "Bonjour {first_name}", "Ma page")
    mails.change_words(purpose=Purpose.JOINING, language="fr", words=words, expected_version=None, by=COMMAND)
    waiting = Message.objects.get(purpose=Purpose.JOINING, state="queued")
    mails.stop(message_id=waiting.pk, by=COMMAND)
    settle()
    mails.release(message_id=waiting.pk, by=COMMAND)
    settle()


def wait_and_move_up(session: Session, settle: Callable[[], None]) -> None:
    """Have three register for one place, one of them taken off and two let in once there is room."""
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    planning.change_session(session_id=session.pk, draft=draft(capacity=2), expected_version=None, by=COMMAND)
    for name in ("Bo", "Cleo", "Dov"):
        person = Person(email=f"{name.lower()}@x.fr", first_name=name, last_name="X")
        registration.ask(invitation_id=invitation.pk, person=person, by=COMMAND)
        settle()
        registration.confirm(registration_id=Registration.objects.latest("pk").pk, by=COMMAND)
    registration.remove(registration_id=Registration.objects.latest("pk").pk, by=COMMAND)
    planning.change_session(session_id=session.pk, draft=draft(), expected_version=None, by=COMMAND)
    settle()


def ana_comes(session: Session, settle: Callable[[], None]) -> None:
    """Ana is on the list by her name, then with her address, and tells of an access need."""
    for email in ("", "ana@x.fr"):
        person = Person(email=email, first_name="Ana", last_name="X")
        enrolment.enrol(session_id=session.pk, people=[person], by=COMMAND)
    accommodation.ask(enrolment_id=lists.enrolments(session.pk)[0].pk, need="Un siège haut", by=COMMAND)
    settle()


def ana_complains(cast: Cast, session: Session, settle: Callable[[], None]) -> None:
    """Ana complains, says more, is answered after the day by which it was due, and is told what was decided; an
    improvement comes of it.
    """
    told = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words="Il faisait froid")
    raiser = Raiser(enrolment_id=lists.enrolments(session.pk)[0].pk)
    complaint = quality.receive(draft=told, raiser=raiser, session_id=session.pk, by=COMMAND)
    settle()
    of_it, by = {"complaint_id": complaint.pk}, cast.actor(cast.quitterie)
    quality.answer(**of_it, words="Dix degrés", by=Actor(ActorKind.LINK))
    Complaint.objects.update(due_on=clock.today() - timedelta(days=1))
    quality.remind_late(by=COMMAND)
    settle()
    quality.take(**of_it, by=by)
    quality.add(**of_it, direction=Direction.TO_THEM, words="Merci", by=by)
    quality.restrict(**of_it, by=by)
    settle()
    quality.decide(**of_it, outcome=Outcome.FOUNDED, words="Nous changeons de salle", by=by)
    settle()
    somebody_is_asked_to_improve(cast, settle)


def somebody_is_asked_to_improve(cast: Cast, settle: Callable[[], None]) -> None:
    """Noor is asked for an improvement, then Olga, who says that it is done; it comes to nothing."""
    by, due_on = cast.actor(cast.quitterie), clock.today() + timedelta(days=30)
    asked = ImprovementDraft(
        title="Salle", why="", expected="Chaude", owner_id=cast.noor.user_id, due_on=due_on
    )
    made = quality.open_improvement(draft=asked, by=by)
    settle()
    quality.replan(improvement_id=made.pk, owner_id=cast.olga.pk, due_on=due_on, by=by)
    settle()
    quality.mark_done(improvement_id=made.pk, words="Chauffée", by=cast.actor(cast.olga))
    settle()
    quality.give_up(improvement_id=made.pk, reason="Salle fermée", by=by)
    settle()


def the_contact_is_asked(cast: Cast, session: Session, settle: Callable[[], None]) -> None:
    """The client's contact gets a link three times, two of them are ended, and gives a line that waits."""
    for _ in range(2):
        ask_client(cast)
        settle()
        asked = lists.asked(cast.mission.pk)[0]
        enrolment.revoke_link(invitation_id=asked.invitation.pk, by=COMMAND)
    by = ask_client(cast)
    enrolment.give_person(session_id=session.pk, person=Person(email="lin@@x.fr"), by=by)
    corrected = ContactChanges(email="sophie@mairie-valmont.example")
    clients.change_contact(contact_id=cast.contact.pk, changes=corrected, by=COMMAND)


def there_and_back(cast: Cast, extra: Session, settle: Callable[[], None]) -> None:
    """People are moved to a parallel session and back; it is cancelled by mistake, then for good."""
    (parallel,) = plan(cast)
    moved = [e.pk for e in lists.enrolments(extra.pk)]
    for session in (parallel, extra):
        enrolment.move(enrolment_ids=moved, session_id=session.pk, by=COMMAND)
    settle()
    planning.cancel_session(session_id=parallel.pk, reason="Erreur", by=COMMAND)
    planning.restore_session(session_id=parallel.pk, by=COMMAND)
    planning.cancel_session(session_id=parallel.pk, reason="Grève", by=COMMAND)


def presence_is_put_right(cast: Cast, settle: Callable[[], None]) -> None:
    """Somebody left early, another was not there, and the facilitator countersigns."""
    session = Session.objects.filter(status="planned", assignments__facilitator=cast.noor).latest("pk")
    half_day, (person,) = session.half_days.get(), lists.enrolments(session.pk)
    by = cast.actor(cast.noor)
    tell = {"half_day_id": half_day.pk, "enrolment_id": person.pk, "arrived_at": None, "by": by}
    attendance.tell_times(left_at=half_day.starts_at + timedelta(minutes=60), **tell)
    settle()
    for state in (PresenceState.ABSENT, PresenceState.PRESENT):
        attendance.record_presence(half_day_id=half_day.pk, states={person.pk: state}, by=by)
        settle()
    attendance.countersign(
        half_day_id=half_day.pk, given=given(way=Way.ACCOUNT), despite_unsigned=True, by=by
    )
    settle()


def a_signature_comes_late(cast: Cast, settle: Callable[[], None]) -> None:
    """A device had no network: the half-day is countersigned when its signature arrives, and it counts."""
    session = Session.objects.filter(status="planned", assignments__facilitator=cast.noor).latest("pk")
    half_day, (person,) = session.half_days.get(), lists.enrolments(session.pk)
    kept = given(way=Way.OWN_LINK)
    kept = replace(kept, device=replace(kept.device, at=half_day.starts_at))
    late = attendance.sign_belated(
        half_day_id=half_day.pk, enrolment_id=person.pk, given=kept, by=Actor(ActorKind.LINK)
    )
    settle()
    attendance.decide_belated(belated_id=late.pk, counts=True, by=cast.actor(cast.noor))
    settle()


def quality_looks_at_the_sheet(cast: Cast, settle: Callable[[], None]) -> None:
    """A sheet is refused, put right, accepted, and goes back when its half-day is opened again."""
    session = Session.objects.filter(status="planned", assignments__facilitator=cast.noor).latest("pk")
    by, half_day = cast.actor(cast.noor), session.half_days.get()
    sign = {"half_day_id": half_day.pk, "despite_unsigned": True, "by": by}
    attendance.countersign(given=given(way=Way.ACCOUNT), **sign)
    settle()
    quality = cast.actor(cast.quitterie)
    for decide in (
        lambda: conformity.refuse(session_id=session.pk, reasons=[Reason.OTHER], note="Flou", by=quality),
        lambda: conformity.accept(session_id=session.pk, note="Vu", by=quality),
    ):
        if conformity_queries.review_of(session.pk).state != SheetState.SUBMITTED:
            conformity.submit(session_id=session.pk, note="Ainsi", by=by)
            settle()
        decide()
        settle()
    attendance.reopen(half_day_id=half_day.pk, reason="Oubli", by=by)
    settle()


def paper_comes_back(cast: Cast, settle: Callable[[], None], reader: Reader) -> None:
    """The sheet is deposited, confirmed and opened again; put aside by mistake, and taken up."""
    session = Session.objects.filter(status="planned", assignments__facilitator=cast.noor).latest("pk")
    by = cast.actor(cast.noor)
    (page,) = deposit_and_read([reader.given(Seen(code_of(printed(session)), signed=(1,)))], by, session)
    deposits.confirm(page_id=page.pk, said=as_read(page), seen=page.seen, by=by)
    settle()
    for act in (deposits.reopen, deposits.set_aside, deposits.take_up):
        act(page_id=page.pk, by=by)
        settle()


def proof_comes_together(cast: Cast, settle: Callable[[], None], reader: Reader) -> None:
    presence_is_put_right(cast, settle)
    a_signature_comes_late(cast, settle)
    quality_looks_at_the_sheet(cast, settle)
    paper_comes_back(cast, settle, reader)


def money_goes_round(cast: Cast, fanny: User, settle: Callable[[], None]) -> None:
    """Approved fees are invoiced, contested and kept, asked for and returned; a batch is paid, one credited."""
    noors, camilles = ready_supplier(cast), known_supplier(cast, cast.camille, 2)
    settle()
    for request in FeeRequest.objects.filter(status="sent"):
        fees.approve(request_id=request.pk, by=COMMAND)
    settle()
    suppliers.change(
        supplier_id=noors.pk, changes=SupplierChanges(city="Lyon"), expected_version=None, by=COMMAND
    )
    settle()
    invoice, expected = the_invoice(noors), the_payable(camilles)
    words = {line.pk: "Une heure de moins" for line in invoice.lines.all()}
    invoices.contest(invoice_id=invoice.pk, reasons=words, by=cast.actor(cast.noor))
    invoices.dismiss(invoice_id=invoice.pk, answer="Comme convenu", by=COMMAND)
    settle()
    total = expected.total_excl
    stated = Stated(number="F-1", issued_on=clock.today(), excl=total, vat=Decimal(0), total=total)
    given_ = fees.give_invoice(
        payable_id=expected.pk, content=PDF, stated=stated, by=cast.actor(cast.camille)
    )
    fees.return_received(received_id=given_.pk, reason="Illisible", by=COMMAND)
    settle()
    accept_sheets(cast, *Session.objects.filter(status="planned", ends_at__lt=clock.now()))
    settle()
    batch = payments.prepare(execute_on=clock.today(), due_by=PAID_BY, by=cast.actor(cast.farid))
    payments.approve(batch_id=batch.pk, by=cast.actor(fanny))
    payments.export(batch_id=batch.pk, by=cast.actor(cast.farid))
    payments.mark_executed(batch_id=batch.pk, on=clock.today(), by=cast.actor(cast.farid))
    fees.correct(payable_id=the_payable(noors).pk, amounts={}, reason="Adresse", by=cast.actor(cast.farid))
    settle()


def elodie_says_how_she_is_paid(cast: Cast, settle: Callable[[], None]) -> None:
    """Her mandate is signed, a paper given; an account is confirmed, the next one disowned, a third in use;
    closed by mistake, her supplier is opened again.
    """
    supplier, by = registered(cast, cast.elodie, 9), cast.actor(cast.elodie)
    signed(cast, supplier, cast.elodie)
    settle()
    suppliers.give_paper(
        supplier_id=supplier.pk, kind=PaperKind.VIGILANCE, content=PDF, dated=clock.today(), by=by
    )
    with_account(cast, supplier, who=cast.elodie)
    settle()
    other = {"supplier_id": supplier.pk, "iban": OTHER_IBAN, "bic": "", "holder": "Élodie", "by": by}
    wrong = suppliers.propose_account(**other)
    settle()
    suppliers.refuse_account(account_id=wrong.pk, by=BY_LINK)
    with_account(cast, supplier, OTHER_IBAN, who=cast.elodie)
    settle()
    suppliers.close(supplier_id=supplier.pk, reason="Radiée par erreur", by=cast.actor(cast.farid))
    suppliers.reopen(supplier_id=supplier.pk, by=cast.actor(cast.farid))
    settle()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Reader:
    """Have paper read without eyes, and seals made with a key of the story's own."""
    made, settings.SEAL_KEY = Reader(), tmp_path / "seal.key"
    monkeypatch.setattr(reading, "pages_of", made.pages_of)
    monkeypatch.setattr(reading, "read_page", made.read_page)
    return made


def all_is_held_and_noor_says_how_it_was(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> None:
    """Hold everything, and have who ran the first session answer the survey."""
    ask(cast.workshop, QuestionnaireKind.FACILITATOR)
    everything_held(cast, now)
    settle()
    say(Addressee.objects.order_by("pk")[0], {"q1": 9, "q2": 4, "q3": 4})
    settle()


def test_every_subscriber_may_run_twice(
    cast: Cast, now: MovableClock, settle: Callable[[], None], settings: Any, reader: Reader
) -> None:
    settings.DEMO = True
    fanny, version = second_person(), asked_by(cast.workshop)
    extra = plan(cast, cast.noor)[0]
    ana_comes(extra, settle)
    answer(Enrolment.objects.get(session=extra, participant__email="ana@x.fr"), version)
    settle()
    ana_complains(cast, extra, settle)
    the_contact_is_asked(cast, extra, settle)
    there_and_back(cast, extra, settle)
    somebody_keeps_the_mails(cast, extra, settle)
    enrolment.ask_for_pages(email="ana@x.fr", language="fr", by=COMMAND)
    settle()
    wait_and_move_up(extra, settle)
    planning.change_session(
        session_id=extra.pk, draft=draft(place="Gymnase"), expected_version=None, by=COMMAND
    )
    settle()
    planning.cancel_session(session_id=extra.pk, reason="Grève", by=COMMAND)
    settle()
    elodie_says_how_she_is_paid(cast, settle)
    all_is_held_and_noor_says_how_it_was(cast, now, settle)
    proof_comes_together(cast, settle, reader)
    request_fees(cast)
    settle()
    request = FeeRequest.objects.get(kind="facilitation")
    fees.return_request(request_id=request.pk, reason="Erreur", by=COMMAND)
    settle()
    fees.request_fees(mission_id=cast.mission.pk, by=COMMAND)
    missions.finish_correction(mission_id=cast.mission.pk, by=COMMAND)
    settle()
    closure.reopen(mission_id=cast.mission.pk, reason="Encore", by=COMMAND)
    missions.finish_correction(mission_id=cast.mission.pk, by=COMMAND)
    settle()
    money_goes_round(cast, fanny, settle)
    before = rows()
    entries = set(Entry.objects.values_list("fact", flat=True))
    heard = {fact.__name__ for s in journal.all_subscriptions() for fact in s.facts}
    again()
    settle()
    assert rows() == before
    missing = heard - entries
    assert missing <= {
        "AssignmentChanged",
        "ClientChanged",
        "DeliveryConfirmed",
        "EnrolmentCancelled",
        "HeadcountRecorded",
        "OrderAmended",
        "OrderChanged",
        "ParticipantCorrected",
        "RoleChanged",
    }, missing
