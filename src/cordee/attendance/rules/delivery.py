"""When the contact of a school may confirm that a session without a list took place, and what they say."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.attendance.models import DeliveryConfirmation
from cordee.attendance.rules.presence import some_came
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Turn
from cordee.planning.models import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What is confirmed: which class was there and how many, by whom and as what."""

    class_name: str
    present: int
    name: str
    function: str


def is_confirmed_by_the_school(session: Session, *, enrolled: int) -> bool:
    """Tell whether a session is one that the school's contact confirms: in education, and no list is kept."""
    return session.mission.order.sector in ENROLMENT_OPTIONAL and not enrolled


def keeps_no_list(session: Session, *, enrolled: int) -> Iterator[Blocker]:
    """Where there is a list, each person signs."""
    if not is_confirmed_by_the_school(session, enrolled=enrolled):
        yield Blocker(
            "list_is_kept",
            _("A list is kept for this session: each person signs for themselves."),
            _("Have those who were there sign."),
            Turn.FACILITATOR,
        )


def is_over(session: Session) -> Iterator[Blocker]:
    """What is not over is not confirmed."""
    if session.ends_at > clock.now():
        yield Blocker(
            "not_over",
            _("The session is not over yet."),
            _("Come back once it has ended."),
            Turn.TIME,
        )


def is_said_whole(said: Delivered) -> Iterator[Blocker]:
    """Class, number of people, name and function: a funder reads all four."""
    for field, value, missing in (
        ("class_name", said.class_name, _("Say which class or group it was.")),
        ("name", said.name, _("Say who confirms.")),
        ("function", said.function, _("Say as what: teacher, head of studies…")),
    ):
        if not value.strip():
            yield Blocker("not_whole", _("Something is missing."), missing, field=field)
    yield from some_came(said.present)


def nobody_confirmed_yet(known: DeliveryConfirmation | None) -> Iterator[Blocker]:
    """What was confirmed through the link is put right by those who ran the session, from paper."""
    if known is not None:
        yield Blocker(
            "confirmed_already",
            _("%(name)s has confirmed this session already.") % {"name": known.name},
            _("If something in it is wrong, tell the coordinator."),
        )
