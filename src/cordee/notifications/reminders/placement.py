"""The placement questionnaire: who has not answered is reminded once, then those who run the session get the group."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.catalogue.states import WRITTEN
from cordee.enrolment.models import Enrolment
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose, own_pages
from cordee.notifications.mails import Mail, Purpose
from cordee.notifications.participants import mark, values_for
from cordee.notifications.reminders.desk import Approaching, Desk, Nearby
from cordee.notifications.reminders.messages import before_session
from cordee.notifications.reminders.moments import Due, Reminder, before, day_of
from cordee.notifications.reminders.people import FRESH
from cordee.notifications.states import MailRule
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, Session
from cordee.surveys import queries as surveys
from cordee.surveys.queries import Group, Tally, rows


def due(rules: Mapping[Mail, MailRule], nearby: Nearby) -> Iterator[Due]:
    """Give what is near for sessions that ask something."""
    asking = {p: _asking(rules[p], nearby) for p in (Purpose.PLACEMENT_REMINDER, Purpose.GROUP_PROFILE)}
    moments = {one.session.session_id: one.moment for one in asking[Purpose.PLACEMENT_REMINDER]}
    to_remind = {p.session_id for p in surveys.silent(moments) if _was_asked(p, moments[p.session_id], rules)}
    run = planning.running(one.session.session_id for one in asking[Purpose.GROUP_PROFILE])
    for purpose, wanted in ((Purpose.PLACEMENT_REMINDER, to_remind), (Purpose.GROUP_PROFILE, set(run))):
        for one in asking[purpose]:
            session = one.session
            if session.session_id in wanted:
                about = _about(session.session_id, day_of(session.starts_at, session.time_zone))
                yield Due(mission_id=session.mission_id, purpose=purpose, about=about)


def _asking(rule: MailRule, nearby: Nearby) -> list[Approaching]:
    near = nearby[rule.amount] if rule.enabled else ()
    return [one for one in near if one.has_list and one.session.placement_questionnaire_id]


def _was_asked(person: Enrolment, moment: datetime, rules: Mapping[Mail, MailRule]) -> bool:
    """Tell whether the joining instructions, which ask, leave at least a day before the reminder would."""
    joining = rules[Purpose.JOINING]
    return joining.enabled and moment - (person.enrolled_at + joining.delay) >= FRESH


def reminders(sessions: Sequence[Session], desk: Desk) -> Iterator[Reminder]:
    """Give what is to be said around the questionnaire of these sessions: near, or should have left."""
    for session in sessions:
        if surveys.placement_wanted(session):
            yield from _to_participants(session, desk)
            yield from _to_facilitators(session, desk)


def _moment(purpose: Mail, session: Session, desk: Desk) -> datetime | None:
    """Return when a mail leaves, if that is on the desk."""
    rule = desk.rules[purpose]
    moment = before(session.starts_at, session.time_zone, rule.amount)
    return moment if rule.enabled and moment <= desk.until else None


def _to_participants(session: Session, desk: Desk) -> Iterator[Reminder]:
    moment = _moment(Purpose.PLACEMENT_REMINDER, session, desk)
    if moment is None:
        return
    asked = [p for p in surveys.silent([session.pk]) if _was_asked(p, moment, desk.rules)]
    addresses = own_pages.addresses(dict.fromkeys(asked, session.ends_at), page="placement")
    for person in asked:
        email = mark(person.participant.email)
        key = f"{Purpose.PLACEMENT_REMINDER}:{session.pk}:{_day(session)}:{person.pk}:{email}"
        url = addresses[person.pk]
        write = partial(_reminder, person, session, desk, url=url, key=key, moment=moment)
        yield Reminder(key=key, moment=moment, compose=write)


def _reminder(
    person: Enrolment, session: Session, desk: Desk, *, url: str, key: str, moment: datetime
) -> Wanted:
    language, participant = compose.written_in(session.language), person.participant
    letter = compose.write(
        Purpose.PLACEMENT_REMINDER,
        organisation=desk.organisation,
        language=language,
        values=values_for(participant, session, language),
        url=url,
        words=desk.words.words(Purpose.PLACEMENT_REMINDER, language),
    )
    return before_session(
        session,
        letter,
        key=key,
        purpose=Purpose.PLACEMENT_REMINDER,
        about=_about(session.pk, _day(session)),
        to=participant,
        reply_to=desk.organisation.reply_to,
        language=language,
        moment=moment,
    )


def _to_facilitators(session: Session, desk: Desk) -> Iterator[Reminder]:
    moment = _moment(Purpose.GROUP_PROFILE, session, desk)
    group = surveys.group(session) if moment else None
    if moment is None or group is None or not group.people:
        return
    for place in planning.running([session.pk])[session.pk]:
        key = f"{Purpose.GROUP_PROFILE}:{session.pk}:{_day(session)}:{place.pk}"
        write = partial(_profile, place, session, group, desk, key=key, moment=moment)
        yield Reminder(key=key, moment=moment, compose=write)


def _profile(
    place: Assignment, session: Session, group: Group, desk: Desk, *, key: str, moment: datetime
) -> Wanted:
    user, coordinator = place.facilitator.user, session.mission.coordinator
    language = compose.written_in(user.language)
    letter = compose.write(
        Purpose.GROUP_PROFILE,
        organisation=desk.organisation,
        language=language,
        values={
            "first_name": user.first_name,
            "session": session.title,
            "day": compose.day_label(session, language),
            "client": session.mission.order.client.name,
            **told_of(group, language),
        },
        url=compose.address(reverse("session", args=[session.ref])),
        words=desk.words.words(Purpose.GROUP_PROFILE, language),
    )
    return before_session(
        session,
        letter,
        key=key,
        purpose=Purpose.GROUP_PROFILE,
        about=_about(session.pk, _day(session)),
        to=user,
        reply_to=coordinator.user.email if coordinator else desk.organisation.reply_to,
        language=language,
        moment=moment,
    )


def told_of(group: Group, language: str) -> dict[str, str]:
    """Return what mails can say of a group: figures, nobody's name, nobody's own words."""
    told = [_in_lines(tally, language) for profile in group.profiles for tally in profile.tallies]
    with translation.override(language):
        nothing = _("Nobody has answered yet.")
    return {
        "answered": str(group.answered),
        "people": str(group.people),
        "profile": "\n\n".join(told) or nothing,
    }


def _in_lines(tally: Tally, language: str) -> str:
    """Return a question and, under it, what the group answered; of answers in words only how many there are."""
    n = tally.answered
    with translation.override(language):
        counted = [(answer, count) for answer, count in rows(tally, language) if count]
        told = [_("%(answer)s: %(n)d") % {"answer": answer, "n": count} for answer, count in counted]
        if tally.question.kind in WRITTEN and n:
            told = [ngettext("%(n)d answer in words", "%(n)d answers in words", n) % {"n": n}]
        told = told or [_("no answer")]
    return "\n".join([tally.question.label.said_in(language), *(f"– {one}" for one in told)])


def _about(session_id: int, day: date) -> About:
    """Name the questionnaire of a session on a day: moved to another, it is reminded of again."""
    return About("placement", session_id, day=day)


def _day(session: Session) -> date:
    return day_of(session.starts_at, session.time_zone)
