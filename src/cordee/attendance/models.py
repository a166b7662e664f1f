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
    """Presence was recorded on this half-day: by whom, when (UTC), and how many were there.

    Append-only: a correction is a new row that replaces the one before. What counts is what nothing replaces.
    """

    half_day = models.ForeignKey("planning.HalfDay", on_delete=models.PROTECT, related_name="+")
    present = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["half_day"], condition=models.Q(replaces=None), name="one_first_record_per_half_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.half_day_id}: {self.present}"

    @property
    def seen(self) -> str:
        """What a page keeps to tell, when it comes back, whether somebody recorded meanwhile."""
        return str(self.pk)


class Presence(models.Model):
    """One mark: one person on one half-day, by whom and when (UTC).

    Append-only: a correction is a new mark that replaces the one before. What counts is what nothing replaces.
    """

    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    half_day = models.ForeignKey("planning.HalfDay", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=list(PRESENCE_LABELS.items()))
    recorded_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment", "half_day"],
                condition=models.Q(replaces=None),
                name="one_first_mark_per_half_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrolment_id} × {self.half_day_id}: {self.state}"
