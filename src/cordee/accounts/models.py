"""Accounts, and the roles they hold."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cordee.kernel.permissions import Role

ROLE_LABELS = {
    Role.OPERATIONS: _("Operations"),
    Role.FINANCE: _("Finance"),
    Role.QUALITY: _("Quality"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.AUDITOR: _("Auditor"),
    Role.DISABILITY_OFFICER: _("Disability officer"),
}


def full_name(first_name: str, last_name: str, email: str) -> str:
    """Return the name of somebody who has an account; their address as long as it is not known."""
    return f"{first_name} {last_name}".strip() or email


class UserManager(BaseUserManager["User"]):
    """Finds people by their address, whatever the case it is typed in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who can log in. The address, in lower case, is the identity."""

    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    language = models.CharField(max_length=5, default="fr")
    roles = models.JSONField(default=list, blank=True)
    """Office roles, sorted. In the row itself: every page asks for them."""
    is_active = models.BooleanField(default=True)
    ends_on = models.DateField(null=True, blank=True)
    """The last day on which the account works: auditors have one."""
    joined_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_lower_case"),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def held_roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.roles)

    @property
    def role_names(self) -> list[str]:
        return [str(ROLE_LABELS[Role(role)]) for role in self.roles]

    @property
    def full_name(self) -> str:
        return full_name(self.first_name, self.last_name, self.email)


class Knock(models.Model):
    """Somebody at the door gave this address, to be sent what opens it; forgotten as soon as that is written."""

    email = models.EmailField()
    code = models.CharField(max_length=20, blank=True)
    """What they will type in; empty when they want to choose a new password."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} {self.at:%Y-%m-%d %H:%M}"
