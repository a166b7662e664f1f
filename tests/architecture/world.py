"""A mission with something behind every address of the house, and somebody in each role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cordee.accommodation import actions as accommodation
from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.attendance.models import BelatedSignature, Statement
from cordee.attendance.states import DELIVERY_LINK, Way
from cordee.audits import actions as audits
from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import FeeSchedule
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import QuestionnaireKind
from cordee.certificates.models import Certificate
from cordee.deposits import actions as deposits
from cordee.deposits.models import DepositedBox, DepositedPage
from cordee.deposits.rules import GivenFile
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.models import Enrolment, ListRow
from cordee.enrolment.rules import Person
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.evidence.models import SealedFile
from cordee.files.actions import keep
from cordee.journal.models import Delivery
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.permissions import Role
from cordee.links import actions as links
from cordee.links.models import PersonalLink
from cordee.links.queries import token
from cordee.lists.reader import read_text
from cordee.mail.models import Message
from cordee.notifications.actions import change_words
from cordee.notifications.mails import Purpose
from cordee.notifications.rules import Words
from cordee.notifications.staff import ANSWER_LINK
from cordee.organisation import actions as organisation
from cordee.planning.models import Session
from cordee.quality import actions as quality
from cordee.quality.models import Complaint, Improvement, Risk
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.rules.improving import From, ImprovementDraft, RiskDraft
from cordee.quality.states import ComplaintKind, Origin
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from cordee.registration.states import REGISTRATION_LINK
from cordee.suppliers import actions as suppliers
from cordee.suppliers import queries as supplier_queries
from cordee.suppliers.states import ACCOUNT_LINK, PaperKind
from cordee.surveys.actions.summing import add_batch
from cordee.surveys.models import Addressee, Comment, Response, Survey
from cordee.surveys.states import SURVEY_LINK
from cordee.web.guest.surveys import pass_for
from tests.cast import THURSDAY, Cast
from tests.conftest import MovableClock
from tests.money import a_bit_of_money
from tests.papers import PDF
from tests.steps import ask_client, disability_officer, enrol, hold, place_of, plan, request_fees
from tests.suppliers.stories import OTHER_IBAN
from tests.surveys.asking import asked_by
from tests.surveys.opinions import answered, ask


def addresses(resolver: URLResolver | None = None) -> Iterator[tuple[str | None, str]]:
    """Return every name with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name, str(pattern.pattern)
        else:
            yield from addresses(pattern)


PATTERNS = {name or f"(without a name: {pattern})": pattern for name, pattern in reversed(list(addresses()))}


@dataclass
class World:
    """The mission of Valmont, half done, with something behind every address; and somebody in each role."""

    people: dict[str, User | None]
    values: dict[str, Any]
    refs: dict[str, str]
    tokens: dict[str, str]
    """Personal links, by the letter under which their pages lie."""

    def address(self, name: str) -> str:
        pattern = PATTERNS[name]
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        first = pattern.lstrip("^").split("/")[0]
        of_place = {"ref": self.refs, "token": self.tokens}
        return reverse(
            name, kwargs={k: of_place[k][first] if k in of_place else self.values[k] for k in wanted}
        )


def build(cast: Cast, now: MovableClock, settle: Any) -> World:
    """Live through half a mission, so that there is something to show everywhere."""
    auditor = accounts.invite_colleague(
        email="audit@certif.example",
        first_name="Aude",
        last_name="Iteur",
        roles=[Role.AUDITOR],
        ends_on=date(2027, 6, 1),
        by=COMMAND,
    )
    (held,) = plan(cast, cast.camille, cast.noor)
    hold(cast, now, held)
    request = request_fees(cast)
    session, other = plan(cast, cast.noor, day=date(2027, 1, 20), count=2)
    (ana,) = enrol(cast, other, "Ana")
    made = enrolment.split(mission_id=cast.mission.pk, placement={ana.pk: session.pk}, by=COMMAND)
    settle()
    change_words(
        purpose=Purpose.JOINING,
        language="fr",
        words=Words("Convocation", "Bonjour {first_name}", "Ma page"),
        expected_version=None,
        by=COMMAND,
    )
    enrolment.keep_rows(session_id=session.pk, rows=read_text("bo@@x.fr").rows, by=COMMAND)
    ask_client(cast)
    (asked,) = lists.asked(cast.mission.pk)
    place = place_of(session, cast.noor)
    needed = accommodation.ask(enrolment_id=ana.pk, need="Une place devant.", by=COMMAND)
    later = clock.now() + timedelta(days=3)
    link = links.give(purpose=ANSWER_LINK, subject_id=place.pk, to=cast.noor.user.email, until=later)
    own_page = links.give(purpose=PARTICIPANT_LINK, subject_id=ana.pk, to=ana.participant.email, until=later)
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    somebody = Person(email="bo@x.example", first_name="Bo", last_name="N")
    registration.ask(invitation_id=invitation.pk, person=somebody, by=COMMAND)
    bo = Registration.objects.get()
    to_confirm = links.give(purpose=REGISTRATION_LINK, subject_id=bo.pk, to=bo.email, until=later)
    organisation.update(papers={"internal_rules": PDF}, expected_version=None, by=COMMAND)
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk,
        changes=ServiceChanges(),
        programme_file=PDF,
        expected_version=None,
        by=COMMAND,
    )
    page = _deposited(cast, session, ana)
    money = a_bit_of_money(cast, request)
    billed, asked_whose = _supplier(cast)
    asked_how = _surveyed(cast, session, ana)
    told = ComplaintDraft(kind=ComplaintKind.DIFFICULTY, words="La salle est fermée.")
    complaint = quality.receive(
        draft=told,
        raiser=Raiser(facilitator_id=cast.noor.pk),
        session_id=session.pk,
        by=cast.actor(cast.noor),
    )
    declared = audits.declare(indicator=1, words="Le site public.", file=PDF, by=cast.actor(cast.quitterie))
    audit = audits.ask_named(
        since=THURSDAY, until=THURSDAY, refs=[cast.mission.ref], by=cast.actor(cast.quitterie)
    )
    audits.build(audit_id=audit.pk, by=COMMAND)
    comment = _told(session)
    improvement, risk = _improved(cast, complaint)
    return World(
        people={
            "anonymous": None,
            "operations": cast.olga,
            "finance": cast.farid,
            "quality": cast.quitterie,
            "administrator": cast.ada,
            "auditor": auditor,
            "disability officer": disability_officer(),
            "coordinator of this mission": cast.camille.user,
            "coordinator of another": cast.dan.user,
            "facilitator on the session": cast.noor.user,
            "facilitator elsewhere": cast.elodie.user,
        },
        values={
            "assignment_id": place.pk,
            "row_id": ListRow.objects.get().pk,
            "enrolment_id": ana.pk,
            "belated_id": _belated(session).pk,
            "sealed": _sealed(session).number,
            "split_id": made.pk,
            "request_id": needed.pk,
            "line_id": cast.line.pk,
            "client_id": cast.valmont.pk,
            "contact_id": cast.contact.pk,
            "service_id": cast.workshop.pk,
            "questionnaire_id": asked_by(cast.workshop).questionnaire_id,
            "question_key": "q1",
            "kind": "one",
            "survey_kind": "hot",
            "survey_id": Survey.objects.get(kind="client").pk,
            "comment_id": comment.pk,
            "declaration_id": declared.pk,
            "counted": "with_programme",
            "risk_id": risk.pk,
            "schedule_id": FeeSchedule.objects.get().pk,
            "user_id": cast.farid.pk,
            "facilitator_id": cast.noor.pk,
            "message_id": Message.objects.filter(mission_id=cast.mission.pk).order_by("pk")[0].pk,
            "purpose": "joining",
            "rule": "standard",
            "language": "fr",
            "version": 1,
            "year": 2027,
            "number": 1,
            "delivery_id": Delivery.objects.order_by("pk")[0].pk,
            "paper": "internal-rules",
            "position": 1,
            "registration_id": bo.pk,
            "invitation_id": asked.invitation.pk,
            "row_key": f"person-{Enrolment.objects.get(session=session).pk}",
            "key": "a:b",
            "article": "plan",
            "code": "AAAAAA",
            "certified": "participation",
            "certificate": Certificate.objects.order_by("pk")[0].number,
            "uidb36": "1",
            "page_id": page.pk,
            "file_id": page.file_id,
            "deposit_id": page.file.deposit_id,
            **{name: value for name, value in money.items() if name.endswith("_id")},
            **billed,
        },
        refs={
            "missions": cast.mission.ref,
            "sessions": session.ref,
            "orders": cast.mission.order.ref,
            "fees": request.ref,
            "payments": money["batch"],
            "sheets": held.ref,
            "complaints": complaint.ref,
            "quality": audit.ref,
            "improvements": improvement.ref,
            "c": session.ref,
            "D": session.ref,
        },
        tokens={
            "a": token(link),
            "b": token(asked_whose),
            "c": asked.token,
            "h": pass_for(ana.pk).split("/")[2],
            "q": token(asked_how),
            "i": money["token"],
            "here": signing.dumps(session.pk, salt="cordee.web.guest.room"),
            "p": token(own_page),
            "r": invitation.token,
            "s": token(_to_confirm(cast, session)),
            "w": token(to_confirm),
        },
    )


def _to_confirm(cast: Cast, session: Session) -> PersonalLink:
    """Return the link by which a school's contact confirms a session."""
    until = session.ends_at + timedelta(days=60)
    return links.give(purpose=DELIVERY_LINK, subject_id=session.pk, to=cast.contact.email, until=until)


def _surveyed(cast: Cast, session: Session, ana: Enrolment) -> PersonalLink:
    """Ask Ana and the client's contact how it was; return the link of the contact."""
    told = {
        "service_type": cast.workshop,
        "month": date(2027, 1, 1),
        "client": cast.valmont,
        "mission": cast.mission,
        "opened_at": clock.now(),
        "closes_at": clock.now() + timedelta(days=30),
    }
    hot, client = (ask(cast.workshop, kind) for kind in (QuestionnaireKind.HOT, QuestionnaireKind.CLIENT))
    survey = Survey.objects.create(
        kind="hot", session=session, questionnaire_id=hot, anonymous=True, people=1, **told
    )
    Addressee.objects.create(survey=survey, enrolment=ana)
    survey = Survey.objects.create(kind="client", questionnaire_id=client, anonymous=False, people=1, **told)
    asked = Addressee.objects.create(survey=survey, contact=cast.contact)
    return links.give(
        purpose=SURVEY_LINK, subject_id=asked.pk, to=cast.contact.email, until=told["closes_at"]
    )


def _told(session: Session) -> Comment:
    """Have four people answer how the session was, told together; return what one of them said in words."""
    survey = Survey.objects.get(session=session, kind="hot")
    answers = [answered(survey, step) for step in (10, 9, 7, 3)]
    Response.objects.update(counted=True)
    add_batch(answers)
    return Comment.objects.create(id=7, response=answers[0], key="q7", text="Les échanges avec Paul")


def _supplier(cast: Cast) -> tuple[dict[str, int], PersonalLink]:
    """Give Noor's supplier a paper and a bank account to confirm; return what stands behind its addresses."""
    supplier = supplier_queries.supplier_of(cast.noor.pk, clock.today())
    mandate = supplier and supplier_queries.in_force(supplier.pk)
    assert supplier
    assert mandate
    suppliers.keep_file(mandate.pk)
    by = cast.actor(cast.noor)
    paper = suppliers.give_paper(
        supplier_id=supplier.pk, kind=PaperKind.VIGILANCE, content=PDF, dated=clock.today(), by=by
    )
    account = suppliers.propose_account(
        supplier_id=supplier.pk, iban=OTHER_IBAN, bic="", holder="Noor van den Berg", by=by
    )
    numbers = {
        "supplier_id": supplier.pk,
        "mandate_id": mandate.pk,
        "paper_id": paper.pk,
        "account_id": account.pk,
    }
    later = clock.now() + timedelta(days=3)
    return numbers, links.give(purpose=ACCOUNT_LINK, subject_id=account.pk, to=account.asked_of, until=later)


def _belated(session: Session) -> BelatedSignature:
    """Return a signature that a device without network has sent late."""
    half_day = session.half_days.get()
    return BelatedSignature.objects.create(
        half_day=half_day,
        enrolment=Enrolment.objects.get(session=session),
        key=uuid4(),
        way=Way.OWN_LINK,
        device_at=half_day.starts_at,
        arrived_at=half_day.ends_at + timedelta(hours=1),
        typed_name="Ana N",
        statement=Statement.objects.create(digest="0" * 64, content={}),
    )


def _deposited(cast: Cast, session: Session, ana: Enrolment) -> DepositedPage:
    """Deposit a page of the session on which somebody wrote on a free line, as it stands once it is read."""
    given = [GivenFile(content=PDF, name="scan.pdf")]
    done = deposits.deposit(files=given, session_id=session.pk, by=cast.actor(cast.noor))
    page = DepositedPage.objects.create(
        file=done.new[0],
        number=1,
        session=session,
        picture=keep(b"\xff\xd8\xff a picture", content_type="image/jpeg"),
        width=2100,
        height=2970,
        read_at=clock.now(),
    )
    place = {"left": 900, "top": 900, "width": 400, "height": 120, "half_day": session.half_days.get()}
    DepositedBox.objects.create(
        page=page, position=1, row=1, kind="enrolment", enrolment=ana, signed=False, **place
    )
    DepositedBox.objects.create(page=page, position=2, row=2, kind="free", signed=True, **place)
    return page


def _sealed(session: Session) -> SealedFile:
    """Return the sealed file of a session."""
    return SealedFile.objects.create(
        session=session,
        round=1,
        number=1,
        digest="1" * 64,
        public_key="A" * 44,
        file=keep(b"PK", content_type="application/zip"),
        sealed_at=clock.now(),
    )


def _improved(cast: Cast, complaint: Complaint) -> tuple[Improvement, Risk]:
    """Give quality something to do because of a complaint, and a risk to watch."""
    by, day = cast.actor(cast.quitterie), clock.today()
    draft = ImprovementDraft(
        title="Confirmer la salle",
        why="",
        expected="Des salles ouvertes",
        owner_id=cast.quitterie.pk,
        due_on=day,
    )
    origin = From(origin=Origin.COMPLAINT, complaint_id=complaint.pk)
    risk = RiskDraft(
        what="Salle fermée", likelihood=2, gravity=3, against="Appel", owner_id=cast.ada.pk, review_by=day
    )
    return (
        quality.open_improvement(draft=draft, origin=origin, by=by),
        quality.record_risk(draft=risk, by=by),
    )
