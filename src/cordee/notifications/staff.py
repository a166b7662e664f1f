"""Which messages must exist for facilitators and coordinators."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from cordee.accounts.models import User
from cordee.attendance import queries as attendance
from cordee.kernel import clock
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.queries import Known
from cordee.mail.states import About
from cordee.notifications import compose, office, queries
from cordee.notifications.mails import Mail, Purpose
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.actions.holding import hold
from cordee.planning.models import Assignment
from cordee.planning.states import COUNTED, AssignmentStatus, SessionStatus

_ASSIGNMENT, _REFUSAL, _BELATED = "assignment", "refusal", "belated"
_THAT_EXPECT = frozenset({Purpose.STAFFING_REQUEST, Purpose.STAFFING_CHANGED})
ANSWER_LINK = "staffing"
"""The purpose of the personal link by which a facilitator answers."""


@transaction.atomic
def reconcile_session(session_id: int) -> None:
    """Make the right messages exist for everybody on a session. Safe to run twice."""
    hold([session_id])
    for place in planning.assignments(session_id):
        _reconcile(place.pk)


@transaction.atomic
def reconcile(assignment_id: int) -> None:
    """Make the right messages exist for one facilitator on one session. Safe to run twice.

    A request for each time they are invited; an update when date or place are no longer what they know, also to
    those who confirmed unasked; a word when they are no longer expected.
    """
    place = planning.assignment(assignment_id)
    if place:
        hold([place.session_id])
        _reconcile(assignment_id)


def _reconcile(assignment_id: int) -> None:
    """Do so while the mission is held: else who declines now might be asked all the same."""
    place = planning.assignment(assignment_id)
    if place is None:
        return
    known = mail_queries.of(_ASSIGNMENT, [place.pk])
    wanted = _wanted(place, known)
    waiting = [m.key for m in known if m.waits]
    mail.reconcile(
        [wanted] if wanted else [],
        obsolete=[key for key in waiting if wanted is None or key != wanted.key],
    )


def _wanted(place: Assignment, known: list[Known]) -> Wanted | None:
    session = place.session
    if session.starts_at <= clock.now():
        return None
    left = [m for m in known if m.left]
    told = bool(left) and left[-1].purpose != Purpose.STAFFING_CANCELLED
    if session.status == SessionStatus.PLANNED and place.status in COUNTED:
        return _news(place, known)
    if told and place.status != AssignmentStatus.DECLINED:
        off = Purpose.STAFFING_CANCELLED
        sent_already = any(m.purpose == off and m.about.occasion == place.round for m in left)
        return None if sent_already else _message(place, off, f"staffing-off:{place.pk}:{place.round}")
    return None


def _news(place: Assignment, known: list[Known]) -> Wanted | None:
    """Return the request, or the update for whom it is one; nothing for who knows what is true."""
    version = place.session.schedule_version
    key = f"staffing:{place.pk}:{place.round}:{version}"
    this_time = [m for m in known if m.about.occasion == place.round and m.purpose in _THAT_EXPECT]
    if any(m.left and m.version == version for m in this_time):
        return None
    asked = any(m.left for m in this_time)
    if place.status == AssignmentStatus.INVITED and not asked:
        return _message(place, Purpose.STAFFING_REQUEST, key)
    before = _known_to(place, known)
    if before == _told_now(place):
        return None
    return _message(place, Purpose.STAFFING_CHANGED, key, before=before)


def _known_to(place: Assignment, known: list[Known]) -> Mapping[str, Any]:
    """Return when and where as the facilitator knows them: as they read last, or saw them since (put on, or having
    made the change themselves). A change that is undone in time is no news, then.
    """
    read = [m for m in known if m.left and m.told]
    if read and read[-1].version >= place.knows_version:
        return read[-1].told
    earlier = planning.earlier_schedule(place.session_id, place.knows_version)
    return compose.told_then(earlier) if earlier else _told_now(place)


def _told_now(place: Assignment) -> dict[str, Any]:
    return compose.told_now(place.session, planning.slots(planning.half_days(place.session_id)))


@transaction.atomic
def declined(assignment_id: int, *, noted_by: int | None) -> None:
    """Tell the coordinator that a facilitator declined, unless they noted it themselves; not once the facilitator was
    asked again, or confirmed after all. Safe to run twice.
    """
    place = planning.assignment(assignment_id)
    if place is None:
        return
    hold([place.session_id])
    place = planning.assignment(assignment_id)
    if place is None:
        return
    coordinator = place.session.mission.coordinator
    told = place.status == AssignmentStatus.DECLINED and coordinator and coordinator.user_id != noted_by
    wanted = _refusal(place, coordinator.user) if coordinator and told else []
    waiting = [m.key for m in mail_queries.of(_REFUSAL, [assignment_id]) if m.waits]
    mail.reconcile(wanted, obsolete=[key for key in waiting if key not in {w.key for w in wanted}])


def _refusal(place: Assignment, user: User) -> list[Wanted]:
    session = place.session
    return office.letter(
        user,
        Purpose.STAFFING_DECLINED,
        key=f"declined:{place.pk}:{place.round}",
        values={
            "first_name": user.first_name,
            "name": place.facilitator.full_name,
            "session": session.title,
            "day": compose.day_label(session, compose.written_in(user.language)),
            "client": session.mission.order.client.name,
            "reason": place.reason,
        },
        path=reverse("session", args=[session.ref]),
        about=About(_REFUSAL, place.pk, occasion=place.round),
        mission_id=session.mission_id,
        session_id=session.pk,
    )


@transaction.atomic
def belated(session_id: int) -> None:
    """Ask those who run a session whether signatures that came too late count: once a day, as long as something is to
    be decided. Safe to run twice.
    """
    hold([session_id])
    waits = bool(attendance.belated_to_decide([session_id]))
    for place in planning.assignments(session_id):
        asked = waits and place.status == AssignmentStatus.CONFIRMED
        wanted = _question(place) if asked else []
        waiting = [m.key for m in mail_queries.of(_BELATED, [place.pk]) if m.waits]
        mail.reconcile(wanted, obsolete=[key for key in waiting if key not in {w.key for w in wanted}])


def _question(place: Assignment) -> list[Wanted]:
    session, user = place.session, place.facilitator.user
    today = clock.today(session.time_zone)
    return office.letter(
        user,
        Purpose.BELATED_SIGNATURE,
        key=f"belated:{place.pk}:{today}",
        values={
            "first_name": user.first_name,
            "session": session.title,
            "day": compose.day_label(session, compose.written_in(user.language)),
            "client": session.mission.order.client.name,
        },
        path=reverse("signing", args=[session.ref]),
        about=About(_BELATED, place.pk, day=today),
        mission_id=session.mission_id,
        session_id=session.pk,
    )


def _message(
    place: Assignment, purpose: Mail, key: str, *, before: Mapping[str, Any] | None = None
) -> Wanted:
    session, user = place.session, place.facilitator.user
    organisation, language = the_organisation(), compose.written_in(user.language)
    slots = planning.slots(planning.half_days(session.pk))
    coordinator = session.mission.coordinator
    off = purpose == Purpose.STAFFING_CANCELLED
    letter = compose.write(
        purpose,
        organisation=organisation,
        language=language,
        values=values_for(place, organisation, language) | {"news": compose.end_told(session, language)},
        details=() if off else compose.changed_details(session, slots, language, before=before or {}),
        url="" if off else answer_address(place),
    )
    return Wanted(
        key=key,
        purpose=purpose,
        about=About(_ASSIGNMENT, place.pk, occasion=place.round),
        to_email=user.email,
        to_name=user.full_name,
        reply_to=coordinator.user.email if coordinator else organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=compose.calendar_file(session, slots, organisation, times_off=place.round - 1, cancelled=off)
        if purpose != Purpose.STAFFING_REQUEST
        else "",
        language=language,
        mission_id=session.mission_id,
        session_id=session.pk,
        version=0 if off else session.schedule_version,
        told={} if off else compose.told_now(session, slots),
        due_at=None if purpose == Purpose.STAFFING_REQUEST else _after_a_while(place),
        keeps_time=True,
    )


def _after_a_while(place: Assignment) -> datetime | None:
    """Return when news of a change may leave; at once when they would come after the session has begun."""
    later = clock.now() + queries.rule_of(Purpose.STAFFING_CHANGED).delay
    return later if later < place.session.starts_at else None


def values_for(place: Assignment, organisation: Organisation, language: str) -> dict[str, str]:
    """Return what mails to facilitators can say of their place on a session."""
    session = place.session
    coordinator = session.mission.coordinator
    return {
        "first_name": place.facilitator.user.first_name,
        "session": session.title,
        "day": compose.day_label(session, language),
        "client": session.mission.order.client.name,
        "coordinator": coordinator.full_name if coordinator else organisation.name,
        "reason": session.cancelled_because or place.reason,
    }


def answer_address(place: Assignment) -> str:
    """Return the address of the personal page on which a facilitator answers."""
    until = place.session.ends_at + timedelta(days=1)
    to = place.facilitator.user.email
    link = links.give(purpose=ANSWER_LINK, subject_id=place.pk, to=to, until=until)
    return compose.address(reverse("answer", args=[token(link)]))
