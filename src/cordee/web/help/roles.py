"""Who does what: a table made by asking the rules themselves, of one invented mission, for one person in each role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cordee.accounts.rules import may_manage_people
from cordee.attendance.rules import records, runs_it
from cordee.catalogue.rules import may_edit_catalogue
from cordee.clients.rules import may_edit_clients
from cordee.conformity.rules import deciding as sheets
from cordee.fees import rules as fees
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.permissions import ROLES, Permission, Role
from cordee.kernel.refusals import Blocker
from cordee.missions import rules as missions
from cordee.missions.models import Mission
from cordee.notifications.rules import may_edit_mails
from cordee.organisation.rules import may_edit_settings
from cordee.payments.rules import may_pay
from cordee.planning.models import Assignment, Session
from cordee.planning.rules import may_set_status
from cordee.planning.states import AssignmentStatus
from cordee.quality import rules as quality
from cordee.suppliers.rules.who import may_keep, may_speak_for
from cordee.surveys.rules import may_read_results
from cordee.web.guest import (
    answer,
    arrival,
    bank_account,
    delivery,
    invoice,
    my_registration,
    registration,
    surveys,
)
from cordee.web.guest import urls as guest
from cordee.web.guest.names import door as names

_COORDINATOR, _FACILITATOR = 1, 2
"""Numbers of facilitators who are nobody: one coordinates the mission, the other runs its session."""

OFFICE: Final = (Role.OPERATIONS, Role.FINANCE, Role.QUALITY, Role.ADMINISTRATOR)
COLUMNS: Final[dict[str, Promise]] = {
    "coordinator": gettext_lazy("Coordinator"),
    "facilitator": gettext_lazy("Facilitator"),
    Role.OPERATIONS: gettext_lazy("Operations"),
    Role.FINANCE: gettext_lazy("Finance"),
    Role.QUALITY: gettext_lazy("Quality"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    "contact": gettext_lazy("Client contact"),
    "participant": gettext_lazy("Participant"),
}

type Rule = Callable[[Actor], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that is done: how it is called, who may by the rules, and the pages behind a link that do it."""

    label: Promise
    rule: Rule | None = None
    pages: tuple[str, ...] = ()
    """Names of addresses of `web/guest`: their door tells who comes."""
    help: str = ""
    """article#step"""


def unless(blockers: Callable[[Actor], Iterator[Blocker]], *, but: str = "") -> Rule:
    """Return the rule that lets in whom nothing stands against, `but` what stands against everybody here (its code)."""
    return lambda actor: all(blocker.code == but for blocker in blockers(actor))


def _mission() -> Mission:
    return Mission(coordinator_id=_COORDINATOR)


def _request() -> Assignment:
    """Return the request that was made to the facilitator, for a session to come."""
    start = clock.now() + timedelta(days=1)
    session = Session(mission=_mission(), starts_at=start, ends_at=start + timedelta(hours=3))
    return Assignment(session=session, facilitator_id=_FACILITATOR)


def _is_on_it(facilitator_id: int) -> bool:
    return facilitator_id == _FACILITATOR


_runs = unless(lambda actor: missions.may_run(_mission(), actor))

DEEDS: Final = (
    Deed(label=gettext_lazy("Record a client"), rule=unless(may_edit_clients)),
    Deed(
        label=gettext_lazy("Record an order, open its mission, name the coordinator, amend it"),
        rule=unless(missions.may_manage_orders),
        help="access#more",
    ),
    Deed(
        label=gettext_lazy("See the mission"),
        rule=lambda actor: missions.may_see(_mission(), actor),
        help="access#page",
    ),
    Deed(label=gettext_lazy("Plan, move and cancel sessions"), rule=_runs, help="plan#when"),
    Deed(
        label=gettext_lazy("Record a session that took place without being planned"),
        rule=lambda actor: actor.may(Permission.REGULARISE_SESSIONS),
        help="plan#when",
    ),
    Deed(label=gettext_lazy("Put facilitators on sessions"), rule=_runs, help="staff#put"),
    Deed(
        label=gettext_lazy("Answer a request to run a session, or set the answer"),
        rule=unless(lambda actor: may_set_status(_request(), AssignmentStatus.CONFIRMED, actor)),
        help="staff#answer",
    ),
    Deed(
        label=gettext_lazy("Give the names of participants"),
        rule=_runs,
        pages=("contact_names", "register"),
        help="enrol#list",
    ),
    Deed(label=gettext_lazy("Tell an access need"), pages=("participant_access",)),
    Deed(label=gettext_lazy("Sign for oneself"), pages=("participant_sign",), help="sheet#phone"),
    Deed(
        label=gettext_lazy("Have people sign, record presence, deposit the signed paper"),
        rule=lambda actor: records(_mission(), actor, _is_on_it),
        help="presence#record",
    ),
    Deed(
        label=gettext_lazy("Countersign the half-day"),
        rule=unless(lambda actor: runs_it(_request() if actor.facilitator_id == _FACILITATOR else None)),
        help="sheet#countersign",
    ),
    Deed(
        label=gettext_lazy("Confirm a session of a school without a list"),
        pages=("delivery",),
        help="sheet#school",
    ),
    Deed(
        label=gettext_lazy("Submit the sheet to quality"),
        rule=lambda actor: sheets.submits(_mission(), actor, _is_on_it),
        help="holds#submit",
    ),
    Deed(
        label=gettext_lazy("Accept or refuse the sheet"), rule=unless(sheets.may_decide), help="holds#decide"
    ),
    Deed(
        label=gettext_lazy("Get the certificates of participation"),
        rule=lambda actor: missions.may_see(_mission(), actor),
        pages=("participant_certificate", "contact_certificates"),
        help="certificates#participation",
    ),
    Deed(
        label=gettext_lazy("Produce the certificates of realisation"),
        rule=_runs,
        help="certificates#realisation",
    ),
    Deed(
        label=gettext_lazy("Answer a survey"),
        pages=("participant_survey", "survey"),
        help="certificates#surveys",
    ),
    Deed(
        label=gettext_lazy("Read what people say of the mission"),
        rule=lambda actor: may_read_results(_mission(), actor),
        help="certificates#surveys",
    ),
    Deed(label=gettext_lazy("Ask for the fees"), rule=_runs, help="fees#ask"),
    Deed(label=gettext_lazy("Approve or return the fees"), rule=unless(fees.may_decide), help="fees#decide"),
    Deed(
        label=gettext_lazy("Keep what stands on a facilitator’s invoices"),
        rule=unless(lambda actor: may_keep([_COORDINATOR, _FACILITATOR], actor)),
        help="paid#ready",
    ),
    Deed(
        label=gettext_lazy("Sign the mandate, give the bank account"),
        rule=unless(lambda actor: may_speak_for([_COORDINATOR, _FACILITATOR], actor)),
        help="paid#mandate",
    ),
    Deed(
        label=gettext_lazy("Accept an invoice made in one’s name, or contest it"),
        pages=("supplier_invoice",),
        help="paid#invoice",
    ),
    Deed(label=gettext_lazy("Pay the suppliers"), rule=unless(may_pay), help="paid#when"),
    Deed(
        label=gettext_lazy("Reopen a closed mission"),
        rule=unless(lambda actor: missions.may_reopen(_mission(), actor), but="not_closed"),
        help="closure#reopen",
    ),
    Deed(
        label=gettext_lazy("Tell a complaint, an incident or a difficulty"),
        rule=unless(lambda actor: quality.may_raise(_oneself(actor), _mission(), actor)),
        pages=("participant_complaint", "contact_complaint"),
        help="complaints#tell",
    ),
    Deed(label=gettext_lazy("Decide a complaint"), rule=unless(quality.may_handle), help="complaints#decide"),
    Deed(label=gettext_lazy("Keep services, fees and questionnaires"), rule=unless(may_edit_catalogue)),
    Deed(label=gettext_lazy("Keep the words of mails and reminders"), rule=unless(may_edit_mails)),
    Deed(label=gettext_lazy("Invite colleagues and give rights"), rule=unless(may_manage_people)),
    Deed(label=gettext_lazy("Change the settings of the organisation"), rule=unless(may_edit_settings)),
)
"""In the order of the job."""


def table() -> list[tuple[Deed, list[bool]]]:
    """Return what is done, each with whether somebody of each of the `COLUMNS` does it, by the rules as they are."""
    people = actors()
    return [(deed, [_does(deed, column, people.get(column)) for column in COLUMNS]) for deed in DEEDS]


def actors() -> dict[str, Actor]:
    """Return somebody with an account in each role."""
    return {
        "coordinator": Actor(ActorKind.USER, user_id=1, facilitator_id=_COORDINATOR),
        "facilitator": Actor(ActorKind.USER, user_id=2, facilitator_id=_FACILITATOR),
        **{role: Actor(ActorKind.USER, user_id=3, permissions=ROLES[role].permissions) for role in OFFICE},
    }


def _does(deed: Deed, column: str, actor: Actor | None) -> bool:
    by_rule = actor is not None and deed.rule is not None and deed.rule(actor)
    return by_rule or any(column in come_through(page) for page in deed.pages)


@cache
def come_through(page: str) -> frozenset[str]:
    """Return who comes through the door of a page behind a personal link."""
    bills = (invoice.own_invoice, bank_account.asked_of)
    doors = {
        "coordinator": bills,
        "facilitator": (*bills, answer.own_request, surveys.own_survey),
        "participant": (arrival.own_page, registration.open_to_anybody, my_registration.own_registration),
        "contact": (
            names.through_the_link,
            names.to_certificates,
            delivery.through_the_link,
            surveys.own_survey,
        ),
    }
    view = next(pattern.callback for pattern in guest.urlpatterns if pattern.name == page)
    return frozenset(who for who, theirs in doors.items() if getattr(view, "door", None) in theirs)


def _oneself(actor: Actor) -> quality.Raiser:
    if actor.facilitator_id is not None:
        return quality.Raiser(facilitator_id=actor.facilitator_id)
    return quality.Raiser(staff_id=actor.user_id)
