"""The boards of missions."""

from django.db import models

from cordee.closure.states import NOTHING_DUE


class Board(models.Model):
    """What the rooms say of a mission, kept for lists: a copy, which never decides anything."""

    mission = models.OneToOneField(
        "missions.Mission", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(default=NOTHING_DUE)
    next_step = models.CharField(max_length=40, blank=True)
    """The code of the step with the oldest deadline."""
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    """Every count of the rooms, over all lines of the order, by its name."""

    class Meta:
        indexes = (models.Index(fields=["due_on", "-mission"], name="boards_due"),)

    def __str__(self) -> str:
        return f"{self.mission_id}: {self.due_on} {self.next_step}"
