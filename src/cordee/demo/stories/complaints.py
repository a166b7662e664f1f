"""Complaints, incidents and difficulties: one in each state, one that is late, one that is confidential."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cordee.clients.queries import contacts
from cordee.demo.stage import Stage, Story, actor, side_by_side
from cordee.enrolment.models import Enrolment
from cordee.enrolment.queries import enrolments
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus, SessionStatus
from cordee.quality import actions
from cordee.quality.models import Complaint
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import ComplaintKind, Direction, Outcome

_LINK = Actor(ActorKind.LINK)
_A_MONTH = timedelta(days=31)


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them side by side."""
    yield _all(stage)


def _all(stage: Stage) -> Story[None]:
    told = (_decided, _late, _opened_again, _under_way, _confidential, _just_received)
    yield from side_by_side(story(stage) for story in told)


def _decided(stage: Stage) -> Story[None]:
    """A room that was locked: founded, and put right."""
    yield _at(stage, -64, "18:20")
    words = "La salle était fermée à clé : nous avons commencé avec quarante minutes de retard."
    complaint = _of_participant(_last_session(), ComplaintDraft(kind=ComplaintKind.COMPLAINT, words=words))
    yield _at(stage, -62, "09:40")
    actions.take(complaint_id=complaint.pk, by=stage.quitterie)
    _say(stage, complaint, "Merci de nous l’avoir dit. À quelle heure la salle a-t-elle été ouverte ?")
    yield _at(stage, -61, "12:05")
    actions.answer(complaint_id=complaint.pk, words="Vers 9 h 40, par une personne de l’accueil.", by=_LINK)
    yield _at(stage, -47, "16:30")
    _decide(
        stage,
        complaint,
        Outcome.FOUNDED,
        "Vous avez raison, et nous vous présentons nos excuses. L’heure d’ouverture est désormais confirmée la veille "
        "avec l’accueil.",
    )


def _late(stage: Stage) -> Story[None]:
    """The client was promised a report that never came, and the day for an answer has gone by."""
    yield _at(stage, -44, "10:10")
    session = _last_session()
    (contact, *_) = contacts(session.mission.order.client_id)
    complaint = actions.receive(
        draft=ComplaintDraft(
            kind=ComplaintKind.COMPLAINT,
            words="Le bilan promis à la fin des ateliers ne nous est jamais parvenu, malgré deux relances.",
        ),
        raiser=Raiser(contact_id=contact.pk),
        mission_id=session.mission_id,
        by=stage.quitterie,
    )
    yield _at(stage, -43, "11:00")
    actions.take(complaint_id=complaint.pk, by=stage.quitterie)
    note = "Bilan demandé à la coordination."
    actions.add(complaint_id=complaint.pk, direction=Direction.NOTE, words=note, by=stage.quitterie)
    yield _at(stage, -11, "07:17")
    actions.remind_late(by=stage.quitterie)


def _opened_again(stage: Stage) -> Story[None]:
    """A facilitator had no material; decided too early, looked at again."""
    yield _at(stage, -20, "19:15")
    session = _last_session()
    place = _places(session)[0]
    complaint = actions.receive(
        draft=ComplaintDraft(
            kind=ComplaintKind.DIFFICULTY,
            words="Le jeu de cartes envoyé était incomplet : un groupe sur deux n’a pas pu finir.",
        ),
        raiser=Raiser(facilitator_id=place.facilitator_id),
        session_id=session.pk,
        by=actor(place.facilitator),
    )
    yield _at(stage, -16, "15:00")
    actions.take(complaint_id=complaint.pk, by=stage.quitterie)
    _decide(stage, complaint, Outcome.UNFOUNDED, "Le jeu a été compté au départ : il était complet.")
    yield _at(stage, -2, "09:30")
    reason = "Un second jeu incomplet est revenu du même envoi."
    actions.reopen(complaint_id=complaint.pk, reason=reason, by=stage.quitterie)


def _under_way(stage: Stage) -> Story[None]:
    """Somebody hurt themselves."""
    yield _at(stage, -7, "17:50")
    session = _last_session()
    place = _places(session)[0]
    complaint = actions.receive(
        draft=ComplaintDraft(
            kind=ComplaintKind.INCIDENT,
            words="Une personne a glissé dans l’escalier pendant la pause ; rien de cassé, l’accueil a été prévenu.",
        ),
        raiser=Raiser(facilitator_id=place.facilitator_id),
        session_id=session.pk,
        by=actor(place.facilitator),
    )
    yield _at(stage, -6, "09:10")
    actions.take(complaint_id=complaint.pk, by=stage.quitterie)


def _confidential(stage: Stage) -> Story[None]:
    """How a person behaved: nobody but quality and the administrators knows of it."""
    yield _at(stage, -3, "21:05")
    session = _last_session()
    draft = ComplaintDraft(
        kind=ComplaintKind.COMPLAINT,
        words="Des remarques répétées sur mon accent, devant tout le groupe, m’ont mise très mal à l’aise.",
        about_facilitator_id=_places(session)[0].facilitator_id,
    )
    complaint = _of_participant(session, draft)
    yield _at(stage, -2, "08:45")
    actions.take(complaint_id=complaint.pk, by=stage.quitterie)
    _say(stage, complaint, "Merci de votre confiance. Souhaitez-vous en parler de vive voix, et quand ?")


def _just_received(stage: Stage) -> Story[None]:
    """Nobody sees to it yet."""
    yield _at(stage, -1, "12:40")
    words = "Le lien de connexion est arrivé après le début de l’atelier."
    _of_participant(_last_session(), ComplaintDraft(kind=ComplaintKind.DIFFICULTY, words=words))


def _at(stage: Stage, day: int, time: str) -> datetime:
    return stage.moment(stage.day(day), time)


def _last_session() -> Session:
    """Return the last session that has ended with people on its list who can be written to, and somebody who ran it."""
    ended = Session.objects.filter(
        status=SessionStatus.PLANNED, ends_at__range=(clock.now() - _A_MONTH, clock.now())
    )
    found = ended.select_related("mission__order").order_by("-ends_at", "-pk")
    return next(s for s in found if _places(s) and _reached(s))


def _places(session: Session) -> list[Assignment]:
    confirmed = Assignment.objects.filter(session=session, status=AssignmentStatus.CONFIRMED)
    return list(confirmed.select_related("facilitator__user").order_by("pk"))


def _reached(session: Session) -> list[Enrolment]:
    return [person for person in enrolments(session.pk) if person.participant.email]


def _of_participant(session: Session, draft: ComplaintDraft) -> Complaint:
    raiser = Raiser(enrolment_id=_reached(session)[0].pk)
    return actions.receive(draft=draft, raiser=raiser, session_id=session.pk, by=_LINK)


def _say(stage: Stage, complaint: Complaint, words: str) -> None:
    actions.add(complaint_id=complaint.pk, direction=Direction.TO_THEM, words=words, by=stage.quitterie)


def _decide(stage: Stage, complaint: Complaint, outcome: Outcome, words: str) -> None:
    actions.decide(complaint_id=complaint.pk, outcome=outcome, words=words, by=stage.quitterie)
