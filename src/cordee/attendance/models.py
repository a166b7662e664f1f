"""Presence by half-day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.attendance.states import PresenceState

PRESENCE_LABELS = {
    PresenceState.PRESENT: _("present"),
    PresenceState.LATE: _("late"),
    PresenceState.ABSENT: _("absent"),
    PresenceState.EXCUSED: _("excused"),
}


class HalfDayRecord(models.Model):
    """Presence was recorded on this half-day: by whom, when, and how many were there."""

    half_day = models.OneToOneField("planning.HalfDay", on_delete=models.PROTECT, related_name="+")
    present = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.half_day_id}: {self.present}"

    @property
    def seen(self) -> str:
        """What a page keeps to tell, when it comes back, whether somebody recorded meanwhile."""
        return self.recorded_at.isoformat()


class Presence(models.Model):
    """One person on one half-day."""

    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    half_day = models.ForeignKey("planning.HalfDay", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=list(PRESENCE_LABELS.items()))
    recorded_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["enrolment", "half_day"], name="one_presence_per_half_day"),
        )

    def __str__(self) -> str:
        return f"{self.enrolment_id} × {self.half_day_id}: {self.state}"
