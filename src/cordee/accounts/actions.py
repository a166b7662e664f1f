"""Inviting people and giving rights."""

from collections.abc import Iterable
from datetime import date
from types import EllipsisType

from django.db import transaction
from django.db.models import Q

from cordee.accounts import rules
from cordee.accounts.facts import (
    AccountRestored,
    AccountSuspended,
    AuditorLooked,
    ColleagueInvited,
    RolesChanged,
)
from cordee.accounts.models import Knock, User
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import normal_email, tidy
from cordee.kernel.permissions import Role
from cordee.kernel.refusals import refuse_if


@transaction.atomic
def create_account(
    *, email: str, first_name: str, last_name: str, language: str = "fr", ends_on: date | None = None
) -> User:
    """Make an account that can log in by e-mailed code. Raises Refused when the address or the name cannot be used.

    Asks nothing about rights: the rooms that make accounts (people, network) ask their own rules first.
    """
    email = normal_email(email)
    refuse_if(
        [
            *rules.address_is_usable(email),
            *rules.names_lead_nowhere(first_name=first_name, last_name=last_name),
        ]
    )
    user = User(
        email=email,
        first_name=tidy(first_name),
        last_name=tidy(last_name),
        language=language,
        ends_on=ends_on,
        joined_at=clock.now(),
    )
    user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def invite_colleague(
    *,
    email: str,
    first_name: str,
    last_name: str,
    roles: Iterable[Role],
    language: str = "fr",
    ends_on: date | None = None,
    by: Actor,
) -> User:
    """Make an account with office roles; the invitation mail follows. Raises Refused."""
    roles = frozenset(roles)
    refuse_if(
        [
            *rules.may_invite(roles, by),
            *rules.auditor_has_an_end(roles, ends_on),
            *rules.last_day_is_near(ends_on),
        ]
    )
    user = create_account(
        email=email, first_name=first_name, last_name=last_name, language=language, ends_on=ends_on
    )
    _grant(user, roles)
    journal.record(ColleagueInvited(account_id=user.pk, roles=sorted(roles)), by=by)
    return user


@transaction.atomic
def set_roles(
    *, user_id: int, roles: Iterable[Role], ends_on: date | EllipsisType | None = ..., by: Actor
) -> User:
    """Give an account exactly these roles, and this last day (none: no end) if one is given. Raises Refused."""
    user = _held(user_id)
    wanted = frozenset(roles)
    ends_on = user.ends_on if isinstance(ends_on, EllipsisType) else ends_on
    refuse_if(
        [
            *rules.may_manage_people(by),
            *rules.one_administrator_remains(user, wanted),
            *rules.auditor_has_an_end(wanted, ends_on),
            *(rules.last_day_is_near(ends_on) if ends_on != user.ends_on else ()),
        ]
    )
    if wanted != user.held_roles or ends_on != user.ends_on:
        user.ends_on = ends_on
        user.save(update_fields=["ends_on"])
        _grant(user, wanted)
        journal.record(RolesChanged(account_id=user.pk, roles=sorted(wanted)), by=by)
    return user


@transaction.atomic
def suspend(*, user_id: int, by: Actor) -> None:
    """Close an account for the time being; its sessions end at once. Raises Refused."""
    user = _held(user_id)
    refuse_if([*rules.may_manage_people(by), *rules.one_administrator_remains(user, ())])
    if user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
        journal.record(AccountSuspended(account_id=user.pk), by=by)


@transaction.atomic
def restore(*, user_id: int, by: Actor) -> None:
    """Open a suspended account again. Raises Refused."""
    refuse_if(rules.may_manage_people(by))
    user = _held(user_id)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        journal.record(AccountRestored(account_id=user.pk), by=by)


@transaction.atomic
def set_language(*, user_id: int, language: str) -> None:
    """Remember the language a person reads in."""
    User.objects.filter(pk=user_id).update(language=language)


def _held(user_id: int) -> User:
    """Return an account, held with every account of the office: whether an administrator remains is counted."""
    everybody = User.objects.select_for_update().filter(Q(pk=user_id) | ~Q(roles=[])).order_by("pk")
    return next(user for user in everybody if user.pk == user_id)


def _grant(user: User, roles: frozenset[Role]) -> None:
    user.roles = sorted(roles)
    user.save(update_fields=["roles"])


def note_knock(*, email: str, code: str) -> None:
    """Remember what somebody at the door wants, until it is answered; `code` is empty for a new password."""
    Knock.objects.create(email=normal_email(email), code=code, at=clock.now())


def forget_knock(knock_id: int) -> None:
    Knock.objects.filter(pk=knock_id).delete()


@transaction.atomic
def write_down_visit(*, user_id: int, page: str, ref: str, by: Actor) -> None:
    """Write down which page an auditor opened."""
    journal.record(AuditorLooked(account_id=user_id, page=page, ref=ref), by=by)
