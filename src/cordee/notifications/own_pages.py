"""The personal pages of participants: their addresses, and the mail that brings them back to who lost them."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import PAGE_LASTS, PARTICIPANT_LINK
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.actions import Holder
from cordee.links.queries import lost_link, token
from cordee.mail import actions as mail
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose
from cordee.notifications.mails import Purpose
from cordee.organisation.queries import the_organisation
from cordee.planning.models import Session
from cordee.registration import queries as registrations
from cordee.registration.models import Registration
from cordee.registration.states import REGISTRATION_LINK


def addresses(ends_at: Mapping[Enrolment, datetime], *, page: str = "participant") -> dict[int, str]:
    """Return the whole addresses of `paths`, as mails need them."""
    return {pk: compose.address(path) for pk, path in paths(ends_at, page=page).items()}


def paths(ends_at: Mapping[Enrolment, datetime], *, page: str = "participant") -> dict[int, str]:
    """Return where each participant's own page (or a `page` behind it) lies, by enrolment, given when their session
    ends (UTC).

    None for a session that ended too long ago. As many queries for three hundred people as for one.
    """
    now = clock.now()
    holders = {
        person.pk: Holder(person.participant.email, ends + PAGE_LASTS)
        for person, ends in ends_at.items()
        if ends + PAGE_LASTS > now
    }
    found = links.give_many(purpose=PARTICIPANT_LINK, holders=holders)
    return {pk: reverse(page, args=[token(link)]) for pk, link in found.items()}


def of_registration(registration: Registration, session: Session) -> str:
    """Return the address of the page on which somebody who registered confirms, and sees where they stand."""
    until = session.ends_at + PAGE_LASTS
    email = registrations.address_of(registration)
    link = links.give(purpose=REGISTRATION_LINK, subject_id=registration.pk, to=email, until=until)
    return compose.address(reverse("my_registration", args=[token(link)]))


def bring_back(lost_id: int) -> None:
    """Send who lost their links all those they have, to the address they gave; nothing when there is none.
    Safe to run twice.
    """
    lost = lost_link(lost_id)
    if lost is None:
        return
    now = clock.now()
    people = enrolment.of_address(lost.email, ended_after=now - PAGE_LASTS)
    waiting = registrations.waiting_of_address(lost.email, starting_after=now)
    if people or waiting:
        language = compose.written_in(lost.language)
        letter = _letter(people, waiting, lost_id=lost_id, email=lost.email, language=language)
        mail.reconcile([letter])
    links.forget_lost(lost_id)


def _letter(
    people: list[Enrolment], waiting: list[Registration], *, lost_id: int, email: str, language: str
) -> Wanted:
    organisation = the_organisation()
    pages = addresses({e: e.session.ends_at for e in people})
    found = [(e.participant.full_name, e.session, pages[e.pk]) for e in people]
    found += [(r.full_name, r.invitation.session, of_registration(r, r.invitation.session)) for r in waiting]
    who = people[-1].participant if people else waiting[-1]
    shared = len({name for name, _session, _address in found}) > 1
    letter = compose.write(
        Purpose.LOST_LINKS,
        organisation=organisation,
        language=language,
        values={"first_name": "" if shared else who.first_name},
        details=[
            (f"{compose.day_label(s, language)}\n{s.title}" + (f"\n{name}" if shared else ""), address)
            for name, s, address in found
        ],
    )
    return Wanted(
        key=f"lost-links:{lost_id}",
        purpose=Purpose.LOST_LINKS,
        about=About("lost-links", lost_id),
        to_email=email,
        to_name="" if shared else who.full_name,
        reply_to=organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=language,
    )
