"""Fee requests and their lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.fees.states import RequestKind, RequestStatus
from cordee.reasons import ReasonField

STATUS_LABELS = {
    RequestStatus.SENT: _("to approve"),
    RequestStatus.APPROVED: _("approved"),
    RequestStatus.RETURNED: _("returned"),
    RequestStatus.VOIDED: _("void"),
}
KIND_LABELS = {
    RequestKind.FACILITATION: _("Facilitation"),
    RequestKind.COORDINATION: _("Coordination"),
}


class FeeRequest(models.Model):
    """Fees asked for together: by the coordinator for sessions that ended, or by Cordée at closure."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=14, choices=list(KIND_LABELS.items()))
    status = models.CharField(max_length=10, choices=list(STATUS_LABELS.items()), default=RequestStatus.SENT)
    early = models.BooleanField(default=False)
    month = models.DateField()
    """First day of the calendar month (of the organisation's zone) in which it was sent."""
    extra = models.BooleanField(default=False)
    """Sent over the once-a-month limit, with the leave of finance."""
    sent_at = models.DateTimeField()
    sent_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    return_reason = ReasonField(blank=True, of_mission="mission_id")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["mission", "month"],
                condition=models.Q(kind="facilitation", extra=False, status__in=["sent", "approved"]),
                name="one_request_a_month",
            ),
            models.UniqueConstraint(
                fields=["mission"],
                condition=models.Q(kind="coordination", status__in=["sent", "approved"]),
                name="one_coordination_fee",
            ),
            models.CheckConstraint(
                condition=models.Q(status="sent", decided_at__isnull=True)
                | (~models.Q(status="sent") & models.Q(decided_at__isnull=False)),
                name="decided_request_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="returned", return_reason=""), name="returned_request_has_a_reason"
            ),
        )
        indexes = (
            models.Index(fields=["status", "sent_at"], name="fee_requests_by_status"),
            models.Index(fields=["mission"], name="fee_requests_by_mission"),
        )

    def __str__(self) -> str:
        return f"{self.ref}: {self.status}"


class FeeLine(models.Model):
    """One fee, in euros excluding VAT. `released` when its request was returned or voided."""

    request = models.ForeignKey(FeeRequest, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=14, choices=list(KIND_LABELS.items()))
    facilitator = models.ForeignKey("network.Facilitator", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("planning.Session", null=True, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("missions.OrderLine", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)
    unit_amount = models.DecimalField(max_digits=8, decimal_places=2)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    from_order = models.BooleanField(default=False)
    """The amount comes from the order line and not from the schedule."""
    released = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["session", "facilitator"],
                condition=models.Q(kind="facilitation", released=False),
                name="one_fee_per_prestation",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="facilitation", session__isnull=False)
                | models.Q(kind="coordination", session__isnull=True),
                name="facilitation_fee_has_a_session",
            ),
        )
        indexes = (models.Index(fields=["facilitator", "-id"], name="fees_of_facilitator"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.facilitator_id}: {self.amount}"


class ExtraRequest(models.Model):
    """Leave given by finance for one request over the limit of one a month."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    reason = ReasonField(of_mission="mission_id")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    used_by = models.OneToOneField(FeeRequest, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(reason=""), name="extra_request_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.mission_id} {self.month:%Y-%m}"
