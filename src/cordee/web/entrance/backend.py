"""Finding the account of a request, with all that every page asks of it, in one query."""

from typing import override

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import OuterRef, QuerySet, Subquery

from cordee.accounts.models import User
from cordee.accounts.queries import is_usable
from cordee.network.models import Facilitator
from cordee.prepared import prepared

_OWN = Facilitator.objects.filter(user_id=OuterRef("pk"), is_active=True).values("pk")
_USERS = User.objects.annotate(facilitator_id=Subquery(_OWN))


@prepared
def _by_id(user_id: int) -> QuerySet[User]:
    return _USERS.filter(pk=user_id)


class HouseBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Password and e-mailed code by allauth; suspended and ended accounts stay outside."""

    @override
    def get_user(self, user_id: int) -> User | None:
        user = next(iter(_by_id(user_id)), None)
        return user if user and is_usable(user) else None

    @override
    def user_can_authenticate(self, user: User) -> bool:
        return is_usable(user)
