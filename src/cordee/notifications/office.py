"""Which messages must exist for accounts, coordinators and the office."""

from django.db import transaction
from django.urls import reverse

from cordee.accommodation import queries as accommodation
from cordee.accommodation.states import RequestState
from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.fees.models import FeeRequest
from cordee.kernel.permissions import Role
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.missions.states import MissionStatus
from cordee.network import queries as network
from cordee.notifications import compose, queries
from cordee.notifications.mails import Mail, Purpose
from cordee.organisation.queries import the_organisation
from cordee.planning.actions.holding import hold


def invitation(account_id: int) -> None:
    """Tell somebody that an account was opened for them. Safe to run twice."""
    user = accounts.user(account_id)
    if user:
        values = {"first_name": user.first_name, "email": user.email}
        key = f"invitation:{user.pk}"
        mail.reconcile(
            letter(user, Purpose.INVITATION, key=key, values=values, path=reverse("account_login"))
        )


@transaction.atomic
def coordinator_named(mission_id: int, facilitator_id: int, entry_id: int) -> None:
    """Tell a coordinator that a mission is theirs, with its link; nobody else who was named before and has not been
    told yet. Safe to run twice.
    """
    mission = _held(mission_id)
    facilitator = network.facilitator(facilitator_id)
    if mission and facilitator and mission.coordinator_id == facilitator_id:
        key = f"coordinator:{mission_id}:{facilitator_id}:{entry_id}"
        told = _of_mission(facilitator.user, Purpose.COORDINATOR_NAMED, key, mission)
        _only(mission, told, Purpose.COORDINATOR_NAMED)


@transaction.atomic
def mission_closed(mission_id: int) -> None:
    """Tell the coordinator, operations and finance that a mission is closed, once for each time it is; nobody once it
    was opened again. Safe to run twice, and late: it tells of the closing that stands.
    """
    mission = _held(mission_id)
    if mission is None:
        return
    told: list[Wanted] = []
    if mission.status == MissionStatus.CLOSED and mission.closed_at:
        when = f"{mission.closed_at.timestamp():.6f}"
        if mission.coordinator:
            key = f"closed:{mission_id}:{when}:{mission.coordinator.user_id}"
            told += _of_mission(mission.coordinator.user, Purpose.MISSION_CLOSED, key, mission)
        office = {u.pk: u for role in (Role.OPERATIONS, Role.FINANCE) for u in accounts.with_role(role)}
        for user in office.values():
            key = f"billable:{mission_id}:{when}:{user.pk}"
            told += _of_mission(user, Purpose.BILLABLE, key, mission)
    _only(mission, told, Purpose.MISSION_CLOSED, Purpose.BILLABLE)


@transaction.atomic
def fees_returned(request_id: int) -> None:
    """Tell the coordinator why a fee request came back. Safe to run twice."""
    request = FeeRequest.objects.filter(pk=request_id).first()
    mission = _held(request.mission_id) if request else None
    if request and mission and mission.coordinator:
        user = mission.coordinator.user
        values = {
            "first_name": user.first_name,
            "request": request.ref,
            "mission": mission.ref,
            "reason": request.return_reason,
        }
        path = reverse("mission", args=[mission.ref])
        key = f"returned:{request.pk}"
        mail.reconcile(
            letter(user, Purpose.FEES_RETURNED, key=key, values=values, path=path, mission_id=mission.pk)
        )


@transaction.atomic
def access_need_told(request_id: int, entry_id: int) -> None:
    """Tell the disability officers that somebody has told of an access need; the administrators when nobody
    is in charge of that. Safe to run twice.
    """
    request = accommodation.request(request_id)
    if request:
        hold([request.enrolment.session_id])
        request = accommodation.request(request_id)
    if request is None or request.state != RequestState.OPEN:
        return
    session = request.enrolment.session
    officers = accounts.with_role(Role.DISABILITY_OFFICER)
    purpose = Purpose.ACCESS_NEED_TOLD if officers else Purpose.ACCESS_NEED_FOR_NOBODY
    path = reverse("access_need", args=[request.pk]) if officers else reverse("people")
    for user in officers or accounts.with_role(Role.ADMINISTRATOR):
        language = compose.written_in(user.language)
        values = {
            "first_name": user.first_name,
            "session": session.title,
            "day": compose.day_label(session, language),
            "client": session.mission.order.client.name,
            "due_on": compose.day_words(request.due_on, language),
        }
        # On no mission and no session: those who read what was sent there need not know.
        mail.reconcile(letter(user, purpose, key=f"access:{entry_id}:{user.pk}", values=values, path=path))


def _held(mission_id: int) -> Mission | None:
    """Return a mission, held: nobody is told what ends while it is written."""
    missions.lock([mission_id])
    return missions.mission(mission_id)


def _only(mission: Mission, told: list[Wanted], *purposes: Mail) -> None:
    """Make these messages exist, and take back what else waits about the mission for the same purposes."""
    keys = {wanted.key for wanted in told}
    known = mail_queries.waiting_of(mission.pk, purposes)
    mail.reconcile(told, obsolete=[m.key for m in known if m.key not in keys])


def _of_mission(user: User, purpose: Mail, key: str, mission: Mission) -> list[Wanted]:
    values = {
        "first_name": user.first_name,
        "mission": mission.ref,
        "title": mission.order.title,
        "client": mission.order.client.name,
    }
    path = reverse("mission", args=[mission.ref])
    return letter(user, purpose, key=key, values=values, path=path, mission_id=mission.pk)


def letter(
    user: User,
    purpose: Mail,
    *,
    key: str,
    values: dict[str, str],
    path: str,
    about: About | None = None,
    mission_id: int | None = None,
    session_id: int | None = None,
) -> list[Wanted]:
    """Return the one message to somebody with an account, with one button to `path`; none when it is switched off."""
    if not queries.rule_of(purpose).enabled:
        return []
    organisation, language = the_organisation(), compose.written_in(user.language)
    written = compose.write(
        purpose, organisation=organisation, language=language, values=values, url=compose.address(path)
    )
    return [
        Wanted(
            key=key,
            purpose=purpose,
            about=about or About("user", user.pk),
            to_email=user.email,
            to_name=user.full_name,
            reply_to=organisation.reply_to,
            subject=written.subject,
            text=written.text,
            html=written.html,
            language=language,
            mission_id=mission_id,
            session_id=session_id,
        )
    ]
