"""Participants and their enrolments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.enrolment.states import LONGEST_NAME, Source

SOURCE_LABELS = {Source.COORDINATOR: _("list"), Source.WALK_IN: _("on the spot")}


class Participant(models.Model):
    """Somebody who comes to sessions of a client. Known by address within the client; some have none."""

    client = models.ForeignKey("clients.ClientOrganisation", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    first_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    last_name = models.CharField(max_length=LONGEST_NAME, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["client", "email"], condition=~models.Q(email=""), name="one_participant_per_address"
            ),
            models.CheckConstraint(
                condition=~models.Q(email="", first_name="", last_name=""), name="participant_is_somebody"
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email


class Enrolment(models.Model):
    """A participant on the list of a session. Taken off, the row stays: it may have been told, or signed."""

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="enrolments")
    source = models.CharField(max_length=12, choices=list(SOURCE_LABELS.items()), default=Source.COORDINATOR)
    enrolled_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "participant"], name="one_enrolment_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.participant_id}"
