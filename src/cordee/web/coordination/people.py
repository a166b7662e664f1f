"""Who runs a session: each name with its status, and the menu of what can be done about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.planning.models import ASSIGNMENT_LABELS, OnSession, Session
from cordee.planning.rules import may_set_status
from cordee.planning.states import ASSIGNMENT, COUNTED, AssignmentStatus, StaffRole
from cordee.web.addresses import address
from cordee.web.components.menus import MenuItem

KINDS = {
    AssignmentStatus.INVITED: "wait",
    AssignmentStatus.CONFIRMED: "done",
    AssignmentStatus.DECLINED: "stop",
    AssignmentStatus.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A place with its session, as the rules ask about it."""

    session: Session
    facilitator_id: int
    status: AssignmentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOn:
    """Somebody on a session. Without `choices` the name opens nothing."""

    id: int
    name: str
    kind: str
    status: str
    counted: bool
    observer: bool
    reason: str
    phone: str
    email: str
    url: str
    choices: Sequence[MenuItem]

    @property
    def menu_id(self) -> str:
        return f"place-{self.id}"


class Roster:
    """Shows the people of sessions; with menus for those who run the mission. Asks no query.

    `back` names the page to come back to. The `mission` of each session must be loaded.
    """

    def __init__(self, actor: Actor, *, runs: bool, back: str = "") -> None:
        self.actor = actor
        self.runs = runs
        self.query = f"?back={back}" if back else ""
        self.menus: dict[tuple[str, str, bool], Sequence[MenuItem]] = {}
        """Places alike have the same menu, made once for a page."""
        self.labels = {status: str(label) for status, label in ASSIGNMENT_LABELS.items()}

    def of(self, session: Session, places: Iterable[OnSession]) -> list[PersonOn]:
        """Return the people who have these places on a session."""
        return [self._person(session, place) for place in places]

    def _person(self, session: Session, place: OnSession) -> PersonOn:
        status = AssignmentStatus(place.status)
        return PersonOn(
            id=place.pk,
            name=place.name,
            kind=KINDS[status],
            status=self.labels[status],
            counted=status in COUNTED,
            observer=place.role == StaffRole.OBSERVER,
            reason=place.reason,
            phone=place.phone,
            email=place.email,
            url=address("change_place", session.ref, place.pk) + self.query,
            choices=self._choices(session, place) if self.runs else [],
        )

    def _choices(self, session: Session, place: OnSession) -> Sequence[MenuItem]:
        key = (place.status, place.role, session.ends_at <= clock.now())
        if key not in self.menus:
            role = [_other_role(place)] if place.status in COUNTED else []
            self.menus[key] = [*self._statuses(session, place), *role]
        return self.menus[key]

    def _statuses(self, session: Session, place: OnSession) -> list[MenuItem]:
        status = AssignmentStatus(place.status)
        asked = _Asked(session, place.facilitator_id, status)
        found = [MenuItem(value=status, label=_named(status), kind=KINDS[status], current=True)]
        for target in ASSIGNMENT.targets(asked):
            blockers = list(may_set_status(asked, target, self.actor))
            found.append(
                MenuItem(
                    value=target,
                    label=_verb(target, session),
                    hint=str(_HINTS.get(target, "")),
                    kind=KINDS[target],
                    why=f"{blockers[0].message} {blockers[0].fix}" if blockers else "",
                )
            )
        return found


def _other_role(place: OnSession) -> MenuItem:
    if place.role == StaffRole.OBSERVER:
        hint = _("Counts as one prestation and is paid.")
        return MenuItem(value=StaffRole.FACILITATOR, label=_("Count as facilitator"), hint=hint)
    hint = _("Is there without counting or being paid.")
    return MenuItem(value=StaffRole.OBSERVER, label=_("Put on as observer"), hint=hint)


def _named(status: AssignmentStatus) -> str:
    label = str(ASSIGNMENT_LABELS[status])
    return label[:1].upper() + label[1:]


def _verb(target: AssignmentStatus, session: Session) -> str:
    ended = session.ends_at <= clock.now()
    return str((_VERBS_AFTERWARDS if ended else _VERBS)[target])


_VERBS: dict[AssignmentStatus, Promise] = {
    AssignmentStatus.CONFIRMED: gettext_lazy("Confirm"),
    AssignmentStatus.DECLINED: gettext_lazy("Declined"),
    AssignmentStatus.WITHDRAWN: gettext_lazy("Withdraw"),
    AssignmentStatus.INVITED: gettext_lazy("Ask again"),
}
_VERBS_AFTERWARDS: dict[AssignmentStatus, Promise] = {
    **_VERBS,
    AssignmentStatus.CONFIRMED: gettext_lazy("Confirm: they ran it"),
    AssignmentStatus.WITHDRAWN: gettext_lazy("Withdraw: they did not run it"),
}
_HINTS: dict[AssignmentStatus, Promise] = {
    AssignmentStatus.DECLINED: gettext_lazy("They told you they cannot come."),
    AssignmentStatus.WITHDRAWN: gettext_lazy("Their place is free again; they are told."),
    AssignmentStatus.INVITED: gettext_lazy("A new request leaves by e-mail."),
}
