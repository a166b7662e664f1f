"""Access needs of participants, and what is adapted for them."""

from django.db import models
from django.utils.translation import pgettext_lazy

from cordee.accommodation.states import RequestState
from cordee.reasons import ReasonField

STATE_LABELS = {
    RequestState.OPEN: pgettext_lazy("access need", "to see to"),
    RequestState.DONE: pgettext_lazy("access need", "in place"),
    RequestState.DECLINED: pgettext_lazy("access need", "declined"),
    RequestState.WITHDRAWN: pgettext_lazy("access need", "withdrawn"),
}


class AccommodationRequest(models.Model):
    """Somebody enrolled on a session needs something adapted. Kept as evidence, done or not."""

    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    need = models.TextField(blank=True)
    """As the participant told it: read by the disability officer and themselves, erased when its time is over."""
    state = models.CharField(max_length=10, choices=list(STATE_LABELS.items()), default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    due_by_hand = models.BooleanField(default=False)
    """The officer chose the day: it does not follow the session."""
    adaptation = models.TextField(blank=True)
    """What is done, in the words that who runs the session reads: never why."""
    declined_because = ReasonField(blank=True, of_mission="enrolment__session__mission_id")
    settled_at = models.DateTimeField(null=True, blank=True)
    user_id = models.BigIntegerField(null=True)
    """Who settled it."""
    need_erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(state="open"), name="one_open_request_per_enrolment"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined", declined_because=""),
                name="declined_request_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done", adaptation=""), name="done_request_has_an_adaptation"
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_on", "id"], name="access_needs_due_first"),
            models.Index(fields=["id"], name="access_needs_to_erase", condition=~models.Q(need="")),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"
