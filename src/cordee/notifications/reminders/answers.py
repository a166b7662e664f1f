"""Requests without an answer: the facilitator is reminded, then the coordinator is told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from django.urls import reverse

from cordee.accounts.models import User
from cordee.kernel import zones
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.missions.models import Mission
from cordee.notifications import compose
from cordee.notifications.mails import Mail, Purpose
from cordee.notifications.participants import mark
from cordee.notifications.reminders.desk import Desk
from cordee.notifications.reminders.messages import before_session
from cordee.notifications.reminders.moments import (
    Due,
    Reminder,
    after,
    day_of,
    is_near,
    window_after,
)
from cordee.notifications.staff import answer_address, values_for
from cordee.notifications.states import MailRule
from cordee.planning import queries as planning
from cordee.planning.models import Assignment


def due(rules: Mapping[Mail, MailRule], now: datetime) -> Iterator[Due]:
    """Give what is near for requests that nobody has answered."""
    for purpose in (Purpose.STAFFING_REMINDER, Purpose.STAFFING_UNANSWERED):
        rule = rules[purpose]
        if not rule.enabled:
            continue
        asked_after, asked_until = window_after(now, rule.amount)
        for place in planning.unanswered(asked_after=asked_after, asked_until=asked_until):
            moment = after(place.invited_at, rule.amount)
            if is_near(moment, now) and moment < place.session.starts_at:
                mission_id = place.session.mission_id
                told = purpose == Purpose.STAFFING_UNANSWERED
                about = _about_day(mission_id, _asked_on(place)) if told else _about(place)
                yield Due(mission_id=mission_id, purpose=purpose, about=about)


def reminders(mission: Mission, desk: Desk) -> Iterator[Reminder]:
    """Give what is to be said of the unanswered requests of a mission: near, or should have left."""
    places = planning.unanswered(mission_id=mission.pk)
    for place in places:
        place.session.mission = mission
    rule = desk.rules[Purpose.STAFFING_REMINDER]
    for place in places:
        moment = after(place.invited_at, rule.amount)
        if rule.enabled and moment <= desk.until and moment < place.session.starts_at:
            key = f"{Purpose.STAFFING_REMINDER}:{place.pk}:{place.round}"
            write = partial(_to_facilitator, place, desk, key=key, moment=moment)
            yield Reminder(key=key, moment=moment, compose=write)
    if mission.coordinator and desk.rules[Purpose.STAFFING_UNANSWERED].enabled:
        yield from _to_coordinator(mission, mission.coordinator.user, places, desk)


def _to_coordinator(
    mission: Mission, user: User, places: Sequence[Assignment], desk: Desk
) -> Iterator[Reminder]:
    """Tell of all requests made on one day at once."""
    days: dict[date, list[Assignment]] = {}
    for place in places:
        # Nobody needs to be told that they have not answered themselves.
        if place.facilitator_id != mission.coordinator_id:
            days.setdefault(_asked_on(place), []).append(place)
    for day, found in days.items():
        moment = after(found[0].invited_at, desk.rules[Purpose.STAFFING_UNANSWERED].amount)
        silent = [place for place in found if moment < place.session.starts_at]
        if silent and moment <= desk.until:
            key = f"{Purpose.STAFFING_UNANSWERED}:{mission.pk}:{day.isoformat()}:{mark(user.email)}"
            write = partial(_told, mission, user, silent, desk, key=key, moment=moment)
            yield Reminder(key=key, moment=moment, compose=write)


def _to_facilitator(place: Assignment, desk: Desk, *, key: str, moment: datetime) -> Wanted:
    session, user, coordinator = place.session, place.facilitator.user, place.session.mission.coordinator
    language = compose.written_in(user.language)
    slots = planning.slots(planning.half_days(session.pk))
    letter = compose.write(
        Purpose.STAFFING_REMINDER,
        organisation=desk.organisation,
        language=language,
        values=values_for(place, desk.organisation, language),
        details=compose.session_details(session, slots, language),
        url=answer_address(place),
        words=desk.words.words(Purpose.STAFFING_REMINDER, language),
    )
    return before_session(
        session,
        letter,
        key=key,
        purpose=Purpose.STAFFING_REMINDER,
        about=_about(place),
        to=user,
        reply_to=coordinator.user.email if coordinator else desk.organisation.reply_to,
        language=language,
        moment=moment,
    )


def _told(
    mission: Mission, user: User, places: Sequence[Assignment], desk: Desk, *, key: str, moment: datetime
) -> Wanted:
    language = compose.written_in(user.language)
    names = ", ".join(dict.fromkeys(place.facilitator.full_name for place in places))
    sessions = [f"{p.session.title}, {compose.day_label(p.session, language)}" for p in places]
    letter = compose.write(
        Purpose.STAFFING_UNANSWERED,
        organisation=desk.organisation,
        language=language,
        values={
            **compose.mission_values(mission, desk.organisation),
            "first_name": user.first_name,
            "names": names,
        },
        details=[(p.facilitator.full_name, told) for p, told in zip(places, sessions, strict=True)],
        url=compose.address(reverse("mission", args=[mission.ref])),
        words=desk.words.words(Purpose.STAFFING_UNANSWERED, language),
    )
    return Wanted(
        key=key,
        purpose=Purpose.STAFFING_UNANSWERED,
        about=_about_day(mission.pk, _asked_on(places[0])),
        to_email=user.email,
        to_name=user.full_name,
        reply_to=desk.organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=language,
        mission_id=mission.pk,
        session_id=places[0].session_id if len(places) == 1 else None,
        due_at=moment,
        until=min(place.session.starts_at for place in places),
    )


def _asked_on(place: Assignment) -> date:
    return day_of(place.invited_at, zones.home())


def _about(place: Assignment) -> About:
    return About("unanswered", place.pk, occasion=place.round)


def _about_day(mission_id: int, day: date) -> About:
    return About("unanswered-of", mission_id, day=day)
