"""Reading accounts."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from cordee.accounts.models import Knock, User
from cordee.kernel import clock
from cordee.kernel.names import normal_email
from cordee.kernel.permissions import Permission, Role, permissions_of


def permissions_of_user(user: User) -> frozenset[Permission]:
    """Return what the account may do today: nothing once suspended or past its end date."""
    if not is_usable(user):
        return frozenset()
    return permissions_of(user.held_roles)


def is_usable(user: User) -> bool:
    """Tell whether the account may log in today."""
    return user.is_active and (user.ends_on is None or clock.today() <= user.ends_on)


def people(search: str = "") -> QuerySet[User]:
    """Return the accounts whose name or address contains `search`, by name."""
    found = User.objects.order_by("last_name", "first_name", "pk")
    for word in search.split():
        found = found.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
        )
    return found


def with_role(role: Role) -> list[User]:
    """Return the accounts that hold `role` and may log in today."""
    office = User.objects.filter(is_active=True).exclude(roles=[]).order_by("pk")
    return [user for user in office if role in user.held_roles and is_usable(user)]


def at_work() -> list[User]:
    """Return the accounts at the office that may log in today and do more than read: one query."""
    office = User.objects.filter(is_active=True).exclude(roles=[]).order_by("pk")
    return [user for user in office if user.held_roles - {Role.AUDITOR} and is_usable(user)]


def by_email(email: str) -> User | None:
    """Return the account with this address, whatever the case it is typed in."""
    return User.objects.filter(email=normal_email(email)).first()


def by_emails(emails: Iterable[str]) -> dict[str, User]:
    """Return the accounts with these addresses, by address."""
    return {u.email: u for u in User.objects.filter(email__in=set(emails))}


def user(user_id: int) -> User | None:
    return User.objects.filter(pk=user_id).first()


def names(user_ids: Iterable[int]) -> dict[int, str]:
    """Return the full names of these accounts."""
    return {u.pk: u.full_name for u in User.objects.filter(pk__in=set(user_ids))}


def knocks() -> list[Knock]:
    """Return who waits at the door for an answer, in the order they came."""
    return list(Knock.objects.order_by("pk"))
