"""Which messages must exist about complaints: to who raised one, and to those who see to it.

None is about a mission or a session: those who read what was sent there need not know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.clients.models import Contact
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Participant
from cordee.enrolment.states import PAGE_LASTS
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.permissions import Role
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.queries import Known
from cordee.mail.states import About
from cordee.notifications import compose, office, own_pages
from cordee.notifications.mails import Mail, Purpose
from cordee.organisation.queries import the_organisation
from cordee.quality import queries as quality
from cordee.quality import rules
from cordee.quality.models import OUTCOME_LABELS, Complaint
from cordee.quality.states import MAIL_ABOUT, OPEN, Direction, Outcome


@transaction.atomic
def received(complaint_id: int) -> None:
    """Acknowledge a complaint to who raised it, and tell quality. Safe to run twice."""
    complaint = quality.held(complaint_id)
    if complaint is None:
        return
    mail.reconcile(_to_raiser(complaint, Purpose.COMPLAINT_RECEIVED, f"complaint-received:{complaint_id}"))
    if complaint.state in OPEN and complaint.owner_id is None:
        _tell_officers(
            complaint, Purpose.COMPLAINT_TOLD, f"complaint-told:{complaint_id}", _officers(complaint)
        )


@transaction.atomic
def spoken_of(complaint_id: int, exchange_id: int) -> None:
    """Send who raised a complaint what was written to them; tell its owner what they wrote themselves. Safe to run
    twice.
    """
    complaint, exchange = quality.held(complaint_id), quality.exchange(exchange_id)
    if complaint is None or exchange is None:
        return
    key = f"complaint-exchange:{exchange_id}"
    if exchange.direction == Direction.TO_THEM:
        values = {"answer": exchange.words}
        mail.reconcile(_news(complaint, Purpose.COMPLAINT_ANSWERED, key, values))
    elif exchange.direction == Direction.FROM_THEM and exchange.user_id not in _seeing_to(complaint):
        _tell_officers(complaint, Purpose.COMPLAINT_SAID_MORE, key, _owner_or_officers(complaint))


@transaction.atomic
def decided(complaint_id: int, decision_id: int) -> None:
    """Tell who raised a complaint what was decided. Safe to run twice."""
    complaint, decision = quality.held(complaint_id), quality.decision(decision_id)
    if complaint and decision:
        values = {"answer": decision.words, "outcome": decision.outcome}
        mail.reconcile(
            _news(complaint, Purpose.COMPLAINT_DECIDED, f"complaint-decided:{decision_id}", values)
        )


@transaction.atomic
def late(complaint_id: int) -> None:
    """Remind the owner of a complaint whose day has gone by; quality, when nobody owns it. Safe to run twice."""
    complaint = quality.held(complaint_id)
    if complaint and complaint.state in OPEN:
        key = f"complaint-late:{complaint_id}:{complaint.due_on:%Y%m%d}"
        _tell_officers(complaint, Purpose.COMPLAINT_LATE, key, _owner_or_officers(complaint))


@transaction.atomic
def restricted(complaint_id: int) -> None:
    """Hide from the office what was written about a complaint before it was confidential; what had not left is told
    anew, without its words. Safe to run twice.
    """
    mail.keep_secret(kind=MAIL_ABOUT, thing_id=complaint_id, purpose=Purpose.CONFIDENTIAL_NEWS)
    for exchange_id in quality.told_to_raiser(complaint_id):
        spoken_of(complaint_id, exchange_id)
    for decision_id in quality.decisions_of(complaint_id):
        decided(complaint_id, decision_id)


def acknowledgement(complaint_id: int) -> Known | None:
    """Return the message by which a complaint was acknowledged; nothing to somebody without an address."""
    known = mail_queries.of(MAIL_ABOUT, [complaint_id])
    return next((m for m in known if m.purpose == Purpose.COMPLAINT_RECEIVED), None)


class Reach(StrEnum):
    """How what quality writes comes to who raised a complaint."""

    PAGE = "page"
    """A mail leads to a page on which it stands."""
    MAIL = "mail"
    """It stands in a mail alone: not when it is confidential."""
    NOTHING = "nothing"


def reach(complaint: Complaint) -> Reach:
    """Return how far what is written to who raised a complaint comes."""
    if complaint.enrolment:
        session = complaint.session
        mailed = bool(complaint.enrolment.participant.email)
        has_page = mailed and session is not None and session.ends_at + PAGE_LASTS > clock.now()
    elif complaint.contact:
        mailed = bool(complaint.contact.email)
        # Whoever runs the mission holds the link of its contact, too: nothing confidential stands behind it.
        has_page = mailed and not complaint.confidential and bool(_token_of(complaint, complaint.contact))
    else:
        mailed = has_page = True
    if has_page:
        return Reach.PAGE
    return Reach.MAIL if mailed and not complaint.confidential else Reach.NOTHING


@dataclass(frozen=True, slots=True)
class _Raiser:
    """Who raised a complaint, and where they follow it; no `url` when they have no page."""

    email: str
    first_name: str
    name: str
    language: str
    url: str


def _raiser(complaint: Complaint) -> _Raiser:
    if complaint.enrolment:
        return _of_participant(complaint, complaint.enrolment.participant)
    if complaint.contact:
        return _of_contact(complaint, complaint.contact)
    # A constraint of the table: it is one of the four.
    user = cast(User, complaint.facilitator.user if complaint.facilitator else complaint.staff)
    url = compose.address(reverse("own_complaint", args=[complaint.ref]))
    return _Raiser(user.email, user.first_name, user.full_name, user.language, url)


def _of_participant(complaint: Complaint, person: Participant) -> _Raiser:
    session = complaint.session
    ends = {complaint.enrolment: session.ends_at} if complaint.enrolment and session else {}
    pages = own_pages.addresses(ends, page="participant_complaint") if person.email else {}
    url = pages.get(complaint.enrolment_id or 0, "")
    return _Raiser(
        person.email, person.first_name, person.full_name, session.language if session else "fr", url
    )


def _of_contact(complaint: Complaint, contact: Contact) -> _Raiser:
    token = _token_of(complaint, contact)
    url = compose.address(reverse("contact_complaint", args=[token])) if token else ""
    language = complaint.session.language if complaint.session else "fr"
    return _Raiser(contact.email, contact.first_name, contact.full_name, language, url)


def _token_of(complaint: Complaint, contact: Contact) -> str:
    """Return the secret of the contact's own page; empty when their link does not live, or they never had one."""
    asked = enrolment.asked(complaint.mission_id) if complaint.mission_id else []
    return next((a.token for a in asked if a.contact.pk == contact.pk and a.is_live), "")


def _news(complaint: Complaint, purpose: Mail, key: str, values: dict[str, str]) -> list[Wanted]:
    """Return a message with what is new; of a confidential complaint, one that says nothing but that."""
    if complaint.confidential:
        return _to_raiser(complaint, Purpose.CONFIDENTIAL_NEWS, key)
    return _to_raiser(complaint, purpose, key, values)


def _to_raiser(
    complaint: Complaint, purpose: Mail, key: str, values: dict[str, str] | None = None
) -> list[Wanted]:
    """Return the message to who raised a complaint; none to somebody without an address."""
    who, organisation = _raiser(complaint), the_organisation()
    if not who.email:
        return []
    language = compose.written_in(who.language)
    told = {**_values(complaint, language), "first_name": who.first_name, **(values or {})}
    if told.get("outcome"):
        with translation.override(language):
            told["outcome"] = str(OUTCOME_LABELS[Outcome(told["outcome"])])
    written = compose.write(purpose, organisation=organisation, language=language, values=told, url=who.url)
    return [
        Wanted(
            key=key,
            purpose=purpose,
            about=About(MAIL_ABOUT, complaint.pk),
            to_email=who.email,
            to_name=who.name,
            reply_to=organisation.reply_to,
            subject=written.subject,
            text=written.text,
            html=written.html,
            language=language,
        )
    ]


def _values(complaint: Complaint, language: str) -> dict[str, str]:
    return {"complaint": complaint.ref, "due_on": compose.day_words(complaint.due_on, language)}


def _tell_officers(complaint: Complaint, purpose: Mail, key: str, users: Sequence[User]) -> None:
    for user in users:
        values = {**_values(complaint, compose.written_in(user.language)), "first_name": user.first_name}
        path = reverse("complaint", args=[complaint.ref])
        mail.reconcile(office.letter(user, purpose, key=f"{key}:{user.pk}", values=values, path=path))


def _officers(complaint: Complaint) -> list[User]:
    """Return those who see to complaints, but never whom it is about: quality; the administrators, when it has
    nobody else.
    """
    for role in (Role.QUALITY, Role.ADMINISTRATOR):
        found = [user for user in accounts.with_role(role) if _may_decide(user, complaint)]
        if found:
            return found
    return []


def _owner_or_officers(complaint: Complaint) -> list[User]:
    """Return its owner; whoever has lost the account, or the right over such complaints, hears of it no more."""
    owner = complaint.owner
    usable = owner is not None and accounts.is_usable(owner)
    return [owner] if owner and usable and _may_decide(owner, complaint) else _officers(complaint)


def _may_decide(user: User, complaint: Complaint) -> bool:
    permissions = accounts.permissions_of_user(user)
    actor = Actor(ActorKind.USER, user_id=user.pk, permissions=permissions)
    return not list(rules.may_decide(complaint, actor))


def _seeing_to(complaint: Complaint) -> set[int]:
    return {user.pk for user in _owner_or_officers(complaint)}
