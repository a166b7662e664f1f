"""Invitations to register, and registrations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.enrolment.states import LONGEST_NAME
from cordee.registration.states import RegistrationState

STATE_LABELS = {
    RegistrationState.UNCONFIRMED: _("not confirmed yet"),
    RegistrationState.WAITING: _("waiting"),
    RegistrationState.ADMITTED: _("enrolled"),
    RegistrationState.LEFT: _("gave up"),
    RegistrationState.REMOVED: _("taken off"),
}


class Invitation(models.Model):
    """People may register themselves on a session, by a link that anybody may pass on or print."""

    session = models.OneToOneField("planning.Session", on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    """What stands in the link. The same for good: it may hang on a wall."""
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    """Without one, when the session starts."""
    switched_off_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.token[:4]}…"


class Registration(models.Model):
    """Somebody who registered themselves on a session: several people may have one address."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="registrations")
    email = models.EmailField()
    first_name = models.CharField(max_length=LONGEST_NAME)
    last_name = models.CharField(max_length=LONGEST_NAME)
    name_key = models.TextField(blank=True, editable=False)
    """The name as people are compared by it."""
    details = models.JSONField(default=dict, blank=True)
    """What the service asks beside the name, by label."""
    state = models.CharField(
        max_length=12, choices=list(STATE_LABELS.items()), default=RegistrationState.UNCONFIRMED
    )
    asked_at = models.DateTimeField()
    times_asked = models.PositiveSmallIntegerField(default=1)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    """Who confirmed first is let in first."""
    moved_up_at = models.DateTimeField(null=True, blank=True)
    """When they were let in who had to wait for it: their first mail as a participant says so."""
    enrolment_id = models.BigIntegerField(null=True, blank=True)
    """Where they stand on the list; a place that is given up for good leaves nothing to point to."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["invitation", "email", "name_key"], name="one_registration_per_address_and_name"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waiting") | models.Q(confirmed_at__isnull=False),
                name="who_waits_has_confirmed",
            ),
        )
        indexes = (
            models.Index(
                fields=["invitation", "confirmed_at", "id"],
                name="registrations_waiting",
                condition=models.Q(state="waiting"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.invitation_id}: {self.pk} {self.state}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
