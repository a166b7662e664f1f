"""The journal and the deliveries of its entries."""

from django.db import models

from cordee.journal.states import DeliveryState


class Entry(models.Model):
    """One fact. Append-only; no foreign key, so that it neither blocks nor dies with the row it speaks of."""

    at = models.DateTimeField()
    fact = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    mission_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=20)
    user_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=32, blank=True)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["mission_id", "-id"], name="journal_by_mission"),
            models.Index(fields=["subject", "-id"], name="journal_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.fact} {self.subject}"


class Reason(models.Model):
    """A reason in the words of who gave it. Facts hold its number alone, so that it can be erased."""

    text = models.TextField(blank=True)
    """Empty once it was erased."""

    def __str__(self) -> str:
        return f"{self.pk}: {self.text[:40]}"


class Delivery(models.Model):
    """One entry for one subscriber. Written in the transaction of the entry,
    claimed by conditional update.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=80)
    state = models.CharField(
        max_length=10,
        choices=[(state, state.capitalize()) for state in DeliveryState],
        default=DeliveryState.PENDING,
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "subscriber"], name="one_delivery_per_subscriber"),
        )
        indexes = (models.Index(fields=["due_at"], name="deliveries_due", condition=~models.Q(state="done")),)

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.subscriber}: {self.state}"
