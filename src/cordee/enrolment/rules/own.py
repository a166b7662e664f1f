"""What participants may change of their own data."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordee.enrolment.rules.lists import Person
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker
from cordee.planning.models import Session


def has_a_name(person: Person) -> Iterator[Blocker]:
    """Who says how their name is spelt gives one: it stands on the sheet and on the certificate. Some people
    have one name only; it may stand in either field.
    """
    if not (person.first_name or person.last_name):
        yield Blocker(
            "no_name",
            _("Your name is needed: it stands on the attendance sheet."),
            _("If you have only one name, write it in either field."),
            field="first_name",
        )


def may_still_give_up(session: Session) -> Iterator[Blocker]:
    """A place is given up before the session: afterwards presence tells who was there."""
    if session.starts_at <= clock.now():
        yield Blocker(
            "already_started",
            _("The session has started: the place can no longer be given up here."),
            _("Tell who runs the session that you do not come."),
        )


def is_on_list(*, cancelled: bool) -> Iterator[Blocker]:
    """Who was taken off the list changes nothing there any more."""
    if cancelled:
        yield Blocker(
            "not_on_list",
            _("You are no longer on the list of this session."),
            _("If that is a mistake, write to us."),
        )
