"""Somebody is erased: name, address and words go from every room; figures and proof stay."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from cordee.accommodation import actions as accommodation
from cordee.attendance import actions as attendance
from cordee.attendance.rules import Ink
from cordee.catalogue.states import QuestionnaireKind
from cordee.certificates import actions as certificates
from cordee.certificates.models import Certificate
from cordee.documents import actions as documents
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.rules import Person
from cordee.erasure.actions import erase_participant
from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.links.models import PersonalLink
from cordee.mail.models import Message
from cordee.missions.models import Mission
from cordee.planning.models import Session
from cordee.quality import actions as quality
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import ComplaintKind, Direction, Outcome
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from cordee.surveys import queries as surveys
from cordee.surveys.models import Addressee, Answers, Response, Survey
from cordee.surveys.queries import Scope
from tests.attendance.test_signing import given
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import confirm, enrol, hold, plan
from tests.surveys.asking import ELSE, answer, asked_by
from tests.surveys.opinions import ask, asked_in, say

LINK = Actor(ActorKind.LINK, link_id=1)
SECRET = ("Perdrix", "zelie.p@", "Je suis dyslexique", "dans mon village")
"""Her name, her address and what she wrote."""
KEPT = {
    "attendance.Signature": "what she signed, as she signed it (code civil, art. 1366)",
    "attendance.BelatedSignature": "the same, given without network",
    "certificates.Certificate": "what was certified never changes, and is kept for three years",
    "documents.PrintedSheet": "the list as it went to paper: what comes back signed is read with it",
    "deposits.DepositedBox": "what was read on paper: it names nobody but by the place on the list",
    "deposits.ConfirmedBox": "the same, as it was confirmed",
}
"""What still knows who somebody was, or where they stood on a list, once they are erased: proof, and why it stays."""
NAMELESS = {
    "accommodation.AccommodationRequest",
    "attendance.Presence",
    "enrolment.Enrolment",
    "quality.Complaint",
    "surveys.Answers",
    "surveys.Addressee",
    "surveys.Response",
}
"""What leads to a place on a list, where nobody's name stands any more; `erase_participant` takes out the words."""


def test_every_room_that_keeps_something_of_participants_says_what_becomes_of_it() -> None:
    """A new table about a participant is either emptied by `erase_participant`, with the test below, or proof."""
    known = {Enrolment, Participant}
    about = {
        f"{model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model in known
    }
    assert about == (set(KEPT) | NAMELESS) - {"documents.PrintedSheet"}, (
        "printed in one piece, with all names"
    )


@pytest.fixture
def zelie(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> Enrolment:
    """Somebody of whom every room knows something; her mission is closed."""
    (session,) = plan(cast, cast.noor, language="en")
    version = asked_by(cast.workshop)
    ask(cast.workshop, QuestionnaireKind.HOT, anonymous=False)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Bo")
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    person = Person(email="zelie.p@valmont.example", first_name="Zélie", last_name="Perdrix")
    registration.ask(invitation_id=invitation.pk, person=person, by=COMMAND)
    registration.confirm(registration_id=Registration.objects.get().pk, by=COMMAND)
    zelie = Enrolment.objects.get(participant__last_name="Perdrix")
    Enrolment.objects.filter(pk=zelie.pk).update(group="Perdrix & co", details={"Function": "Mme Perdrix"})
    accommodation.ask(enrolment_id=zelie.pk, need="Je suis dyslexique", by=LINK)
    answer(zelie, version, **{ELSE: "J’ai vu cela dans mon village"})
    settle()
    documents.print_sheets(sessions=[session], by=cast.actor(cast.camille))
    now.move_to("2027-01-14 09:30")
    attendance.sign(
        half_day_id=session.half_days.get().pk,
        enrolment_id=zelie.pk,
        given=given(ink=Ink(typed_name="Zélie Perdrix")),
        by=LINK,
    )
    hold(cast, now, session)
    settle()
    (asked,) = [one for one in asked_in(survey_of(session)) if one.enrolment_id == zelie.pk]
    say(asked, q1=3, q8="J’ai vu mieux")
    raiser = Raiser(enrolment_id=zelie.pk)
    draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words="La salle, dans mon village")
    complaint = quality.receive(draft=draft, raiser=raiser, session_id=session.pk, by=LINK)
    by = cast.actor(cast.quitterie)
    quality.take(complaint_id=complaint.pk, by=by)
    quality.add(complaint_id=complaint.pk, direction=Direction.NOTE, words="Mme Perdrix", by=by)
    quality.decide(complaint_id=complaint.pk, outcome=Outcome.FOUNDED, words="Chère Mme Perdrix", by=by)
    settle()
    Message.objects.filter(to_email=cast.camille.user.email).update(
        mission_id=cast.mission.pk, text="Zélie Perdrix est là", html="<b>Zélie Perdrix</b>"
    )
    Mission.objects.filter(pk=cast.mission.pk).update(status="closed", closed_at=now.at)
    return zelie


def survey_of(session: Session) -> Survey:
    return Survey.objects.get(session=session, kind=QuestionnaireKind.HOT)


def telling() -> Iterator[str]:
    """Give every table in which something of hers can be read."""
    for model in apps.get_models():
        columns = [
            field.attname
            for field in model._meta.local_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        if columns and any(
            secret in str(row) for row in model._base_manager.values_list(*columns) for secret in SECRET
        ):
            yield model._meta.label


def test_name_address_and_words_go_from_every_room(*, cast: Cast, zelie: Enrolment, settle: Any) -> None:
    before = set(telling())
    assert before > {"enrolment.Participant", "mail.Message", "registration.Registration", "surveys.Answers"}
    scope = Scope(kind=QuestionnaireKind.HOT)
    figures, messages = surveys.results(scope), Message.objects.count()
    erase_participant(participant_id=zelie.participant_id, by=cast.actor(cast.ada))
    settle()
    assert set(telling()) == before & set(KEPT), "but for what proves that she was there"
    assert {"attendance.Signature", "certificates.Certificate", "documents.PrintedSheet"} <= before
    assert surveys.results(scope) == figures, "figures stay"
    assert Response.objects.get().enrolment is None
    assert Answers.objects.get().values, "counted with everybody's, without a word"
    assert not Addressee.objects.filter(enrolment=zelie).exists()
    assert not PersonalLink.objects.filter(subject_id=zelie.pk, revoked_at=None).exists()
    assert Message.objects.count() == messages, "that she was informed is on record"
    (entry,) = Entry.objects.filter(fact="ParticipantErased")
    assert entry.payload == {"participant_id": zelie.participant_id, "places": 1}


def test_twice_is_once_and_no_certificate_follows(*, cast: Cast, zelie: Enrolment) -> None:
    certified = Certificate.objects.count()
    for _ in range(2):
        erase_participant(participant_id=zelie.participant_id, by=COMMAND)
    assert Entry.objects.filter(fact="ParticipantErased").count() == 1
    certificates.issue_for_session(session_id=zelie.session_id, by=COMMAND)
    assert Certificate.objects.count() == certified, "what was certified stands as it is"


def test_nobody_is_erased_whose_proof_or_complaint_is_not_done(
    *, cast: Cast, zelie: Enrolment, now: MovableClock
) -> None:
    with refused("not_administrator"):
        erase_participant(participant_id=zelie.participant_id, by=cast.actor(cast.quitterie))
    Mission.objects.update(status="running", closed_at=None)
    raiser = Raiser(enrolment_id=zelie.pk)
    draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words="Encore")
    quality.receive(draft=draft, raiser=raiser, session_id=zelie.session_id, by=LINK)
    with refused("still_running", "complaint_open"):
        erase_participant(participant_id=zelie.participant_id, by=COMMAND)
    assert Participant.objects.filter(last_name="Perdrix").exists()
