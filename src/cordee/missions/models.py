"""Orders, order lines, amendments, missions."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.clients.models import SECTOR_LABELS
from cordee.missions.states import MissionStatus
from cordee.reasons import ReasonField

STATUS_LABELS = {MissionStatus.RUNNING: _("Running"), MissionStatus.CLOSED: _("Closed")}


class Order(models.Model):
    """What was agreed with the client."""

    ref = models.CharField(max_length=20, unique=True)
    client = models.ForeignKey("clients.ClientOrganisation", on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=20, choices=list(SECTOR_LABELS.items()))
    """The sector the order was sold at: it drives fees even if the client's sector is corrected later."""
    contact = models.ForeignKey(
        "clients.Contact", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=200)
    agreed_on = models.DateField()
    funder = models.CharField(max_length=200, blank=True)
    practical_information = models.TextField(blank=True)
    """What participants read, in their mails and on their page."""
    internal_notes = models.TextField(blank=True)
    """What the office and the coordinator alone read: it stands in no mail and on no page without an account."""
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["client"], name="orders_by_client"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class OrderLine(models.Model):
    """A number of prestations of one service. `quantity` is after amendments."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    service_type = models.ForeignKey("catalogue.ServiceType", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    expected_participants = models.PositiveIntegerField(default=0)
    unit_price = models.DecimalField(
        max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    """Euros excluding VAT, per prestation, charged to the client."""
    facilitation_fee = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    """Overrides the fee schedule, in euros excluding VAT."""
    coordination_fee = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    """Overrides the fee schedule, in euros excluding VAT, per prestation delivered."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "position"], name="one_line_per_position"),
            models.CheckConstraint(condition=models.Q(unit_price__gte=0), name="price_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} × {self.service_type}"


class Amendment(models.Model):
    """A change of quantity agreed after the order. Never edited."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="amendments")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    reason = ReasonField(of_mission="line__order__mission")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="amendment_changes"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="amendment_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.line_id}: {self.before} → {self.after}"


class Mission(models.Model):
    """The delivery of one order, led by one coordinator."""

    ref = models.CharField(max_length=20, unique=True)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="mission")
    coordinator = models.ForeignKey(
        "network.Facilitator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        max_length=10, choices=list(STATUS_LABELS.items()), default=MissionStatus.RUNNING
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened_because = ReasonField(blank=True, of_mission="pk")
    """Why it was reopened; while set, it does not close by itself again."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status="closed", closed_at__isnull=False)
                | models.Q(status="running", closed_at__isnull=True),
                name="closed_mission_has_its_time",
            ),
        )
        indexes = (
            models.Index(fields=["-closed_at", "-id"], name="missions_closed_last"),
            models.Index(fields=["coordinator", "status"], name="missions_by_coordinator"),
        )

    def __str__(self) -> str:
        return self.ref


class SearchWord(models.Model):
    """A word by which a mission is found: its reference, its title, its client, its coordinator."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["word", "mission"], name="one_row_per_word"),)

    def __str__(self) -> str:
        return self.word
