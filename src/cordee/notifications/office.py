"""Which messages must exist for accounts, coordinators and the office."""

from django.urls import reverse

from cordee.accommodation import queries as accommodation
from cordee.accommodation.states import RequestState
from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.fees.models import FeeRequest
from cordee.kernel.permissions import Role
from cordee.mail import actions as mail
from cordee.mail.actions import Wanted
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.network import queries as network
from cordee.notifications import compose, queries
from cordee.notifications.texts import Purpose
from cordee.organisation.queries import the_organisation


def invitation(account_id: int) -> None:
    """Tell somebody that an account was opened for them. Safe to run twice."""
    user = accounts.user(account_id)
    if user:
        values = {"first_name": user.first_name, "email": user.email}
        key = f"invitation:{user.pk}"
        tell(user, Purpose.INVITATION, key=key, values=values, path=reverse("account_login"))


def coordinator_named(mission_id: int, facilitator_id: int, entry_id: int) -> None:
    """Tell a coordinator that a mission is theirs, with its link. Safe to run twice."""
    mission = missions.mission(mission_id)
    facilitator = network.facilitator(facilitator_id)
    if mission and facilitator and mission.coordinator_id == facilitator_id:
        key = f"coordinator:{mission_id}:{facilitator_id}:{entry_id}"
        _tell_of_mission(facilitator.user, Purpose.COORDINATOR_NAMED, key, mission)


def mission_closed(mission_id: int, entry_id: int) -> None:
    """Tell the coordinator, operations and finance that a mission is closed. Safe to run twice."""
    mission = missions.mission(mission_id)
    if mission is None:
        return
    if mission.coordinator:
        key = f"closed:{mission_id}:{entry_id}:{mission.coordinator.user_id}"
        _tell_of_mission(mission.coordinator.user, Purpose.MISSION_CLOSED, key, mission)
    office = {u.pk: u for role in (Role.OPERATIONS, Role.FINANCE) for u in accounts.with_role(role)}
    for user in office.values():
        _tell_of_mission(user, Purpose.BILLABLE, f"billable:{mission_id}:{entry_id}:{user.pk}", mission)


def fees_returned(request_id: int) -> None:
    """Tell the coordinator why a fee request came back. Safe to run twice."""
    request = FeeRequest.objects.select_related("mission__coordinator__user").filter(pk=request_id).first()
    if request and request.mission.coordinator:
        user = request.mission.coordinator.user
        values = {
            "first_name": user.first_name,
            "request": request.ref,
            "mission": request.mission.ref,
            "reason": request.return_reason,
        }
        path = reverse("mission", args=[request.mission.ref])
        tell(
            user,
            Purpose.FEES_RETURNED,
            key=f"returned:{request.pk}",
            values=values,
            path=path,
            mission_id=request.mission_id,
        )


def access_need_told(request_id: int, entry_id: int) -> None:
    """Tell the disability officers that somebody has told of an access need; the administrators when nobody
    is in charge of that. Safe to run twice.
    """
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
        tell(user, purpose, key=f"access:{entry_id}:{user.pk}", values=values, path=path)


def _tell_of_mission(user: User, purpose: Purpose, key: str, mission: Mission) -> None:
    values = {
        "first_name": user.first_name,
        "mission": mission.ref,
        "title": mission.order.title,
        "client": mission.order.client.name,
    }
    path = reverse("mission", args=[mission.ref])
    tell(user, purpose, key=key, values=values, path=path, mission_id=mission.pk)


def tell(
    user: User,
    purpose: Purpose,
    *,
    key: str,
    values: dict[str, str],
    path: str,
    mission_id: int | None = None,
    session_id: int | None = None,
) -> None:
    """Make one message to somebody with an account exist, with one button to `path`, unless it is switched off.

    Safe to run twice.
    """
    if not queries.rule_of(purpose).enabled:
        return
    organisation, language = the_organisation(), compose.written_in(user.language)
    letter = compose.write(
        purpose, organisation=organisation, language=language, values=values, url=compose.address(path)
    )
    mail.reconcile(
        [
            Wanted(
                key=key,
                purpose=purpose,
                subject_ref=f"user:{user.pk}",
                to_email=user.email,
                to_name=user.full_name,
                reply_to=organisation.reply_to,
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                language=language,
                mission_id=mission_id,
                session_id=session_id,
            )
        ]
    )
