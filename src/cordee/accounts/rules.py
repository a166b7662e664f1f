"""Who may change accounts, and when it is refused."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from cordee.accounts.models import User
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import YEARS_ON_RECORD, is_within
from cordee.kernel.names import is_email, is_web_address
from cordee.kernel.permissions import Permission, Role
from cordee.kernel.refusals import Blocker, Turn

_SHOWN = 100
"""Letters of a name that a sentence repeats."""


def may_manage_people(actor: Actor) -> Iterator[Blocker]:
    """Only administrators invite colleagues and give rights."""
    if not actor.may(Permission.MANAGE_PEOPLE):
        yield Blocker(
            "not_administrator",
            _("Only an administrator can invite colleagues and give rights."),
            _("Ask an administrator."),
            Turn.ADMINISTRATOR,
        )


def may_invite(roles: frozenset[Role], actor: Actor) -> Iterator[Blocker]:
    """Whoever prepares audits invites auditors: guests who read, until a day. Others are for administrators."""
    if roles != {Role.AUDITOR} or not actor.may(Permission.INVITE_AUDITORS):
        yield from may_manage_people(actor)


def address_is_usable(email: str) -> Iterator[Blocker]:
    """The address must be one a mail server would take, and not belong to an account already."""
    if not is_email(email):
        yield Blocker(
            "bad_email",
            _("“%(email)s” is not an e-mail address.") % {"email": email},
            _("Write it like name@example.org."),
            Turn.ADMINISTRATOR,
            "email",
        )
    elif User.objects.filter(email=email).exists():
        yield Blocker(
            "email_known",
            _("An account with this address already exists."),
            _("Search for it in the list of people and change its rights there."),
            Turn.ADMINISTRATOR,
            "email",
        )


def names_lead_nowhere(*, first_name: str, last_name: str, line: int | None = None) -> Iterator[Blocker]:
    """Names are written in mails in the organisation's name: nobody's, whoever they are, is an address of the web.
    `line`: where on a list, when there is one.
    """
    for field, name in (("first_name", first_name), ("last_name", last_name)):
        if is_web_address(name):
            message = (
                _("Line %(line)d: “%(name)s” is an address of the web, not a name.")
                if line
                else _("“%(name)s” is an address of the web, not a name.")
            )
            shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
            fix = _("Write the name as it is spoken.")
            where = f"line-{line}" if line else field
            yield Blocker("web_address", message % {"line": line, "name": shown}, fix, field=where)


def auditor_has_an_end(roles: Iterable[Role], ends_on: date | None) -> Iterator[Blocker]:
    """An auditor's account works until a day to come."""
    if Role.AUDITOR in roles and (ends_on is None or ends_on < clock.today()):
        yield Blocker(
            "auditor_without_end",
            _("An auditor's account ends on a given day."),
            _("Give the last day of the audit."),
            Turn.ADMINISTRATOR,
            "ends_on",
        )


def last_day_is_near(ends_on: date | None) -> Iterator[Blocker]:
    """A last day is one of these years."""
    if ends_on is not None and not is_within(ends_on, clock.today(), YEARS_ON_RECORD):
        yield Blocker(
            "too_far_away",
            _("This day is more than %(most)d years away.") % {"most": YEARS_ON_RECORD},
            _("Look at the year."),
            Turn.ADMINISTRATOR,
            "ends_on",
        )


def one_administrator_remains(user: User, roles: Iterable[Role]) -> Iterator[Blocker]:
    """The house never locks itself out: the last administrator stays one."""
    if Role.ADMINISTRATOR in roles:
        return
    lasting = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    others = User.objects.filter(lasting, is_active=True).exclude(roles=[]).exclude(pk=user.pk)
    remains = any(Role.ADMINISTRATOR in other.held_roles for other in others)
    if Role.ADMINISTRATOR in user.held_roles and not remains:
        yield Blocker(
            "last_administrator",
            _("%(name)s is the only administrator.") % {"name": user.full_name},
            _("Make somebody else administrator first."),
            Turn.ADMINISTRATOR,
            "roles",
        )
