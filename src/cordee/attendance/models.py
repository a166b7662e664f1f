"""Presence by half-day, and the signatures that prove it. Every table here is append-only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.attendance.states import PresenceState, Way
from cordee.reasons import ReasonField

PRESENCE_LABELS = {
    PresenceState.PRESENT: _("present"),
    PresenceState.LATE: _("late"),
    PresenceState.ABSENT: _("absent"),
    PresenceState.EXCUSED: _("excused"),
}
WAY_LABELS = {
    Way.OWN_LINK: _("on their own page"),
    Way.HANDED_ROUND: _("on the facilitator’s phone"),
    Way.CODE: _("in the room, by the code on the screen"),
    Way.ACCOUNT: _("logged in"),
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
    arrived_at = models.DateTimeField(null=True)
    """When they came (UTC), where that was after the beginning."""
    left_at = models.DateTimeField(null=True)
    """When they went (UTC), where that was before the end."""
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


class Statement(models.Model):
    """What people sign: title, day, hours, place, organisation, as they stood on the screen. Kept under its hash."""

    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of `content` written as JSON: keys sorted, no spaces, in UTF-8."""
    content = models.JSONField()

    def __str__(self) -> str:
        return self.digest


class Signature(models.Model):
    """Somebody signed for a half-day, and what shows that it was them.

    A participant (`enrolment`), or a facilitator who countersigns (`assignment`). Code civil, art. 1366 and 1367.
    """

    half_day = models.ForeignKey("planning.HalfDay", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    assignment = models.ForeignKey(
        "planning.Assignment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    round = models.PositiveSmallIntegerField(default=0)
    """How often the half-day had been reopened: a countersignature stands as long as that is still true."""
    key = models.UUIDField(unique=True)
    """Made by the page: what is sent again because the answer was lost is the same signature."""
    way = models.CharField(max_length=12, choices=list(WAY_LABELS.items()))
    signed_at = models.DateTimeField()
    """By the server's clock, in UTC."""
    device_at = models.DateTimeField(null=True)
    """By the clock of the device, in UTC."""
    strokes = models.JSONField(default=list)
    """Each a list of points: x, y, milliseconds since the first one."""
    ink_print = models.CharField(max_length=64, blank=True)
    """The same for the same drawing, wherever it was made (`queries.print_of`); empty where too little was drawn."""
    typed_name = models.CharField(max_length=200, blank=True)
    """Of who cannot draw."""
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    link_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    device = models.CharField(max_length=300, blank=True)
    """As the browser names itself."""
    address = models.GenericIPAddressField(null=True)
    late_because = ReasonField(blank=True, of_mission="half_day__session__mission_id")
    """Why it was given after the half-day, in the words of the facilitator who had the person sign."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["half_day", "enrolment"],
                condition=models.Q(assignment=None),
                name="one_signature_per_half_day",
            ),
            models.UniqueConstraint(
                fields=["half_day", "assignment", "round"],
                condition=models.Q(enrolment=None),
                name="one_countersignature_per_round",
            ),
            models.CheckConstraint(
                condition=models.Q(enrolment=None) ^ models.Q(assignment=None), name="signed_by_one_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(strokes=[], typed_name=""), name="signature_was_drawn_or_typed"
            ),
        )
        indexes = (models.Index(fields=["ink_print"], name="signatures_by_print"),)

    def __str__(self) -> str:
        return f"{self.half_day_id}: {self.enrolment_id or self.assignment_id}"


class Reopening(models.Model):
    """A countersigned half-day was opened again, and why: its countersignatures no longer stand."""

    half_day = models.ForeignKey("planning.HalfDay", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    """1 for the first."""
    reason = ReasonField(of_mission="half_day__session__mission_id")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["half_day", "round"], name="reopened_once_per_round"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="reopening_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.half_day_id}: {self.round}"


class BelatedSignature(models.Model):
    """A signature given on a device that had no network, which arrived when it could no longer be kept by itself.

    Whether it counts is for those who run the session to say; the row stays as it came.
    """

    half_day = models.ForeignKey("planning.HalfDay", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    way = models.CharField(max_length=12, choices=list(WAY_LABELS.items()))
    device_at = models.DateTimeField()
    """When it was given, by the clock of the device, in UTC."""
    arrived_at = models.DateTimeField()
    """By the server's clock, in UTC."""
    came_at = models.DateTimeField(null=True)
    """When they said they came to the half-day, in UTC; nothing for from its beginning."""
    strokes = models.JSONField(default=list)
    typed_name = models.CharField(max_length=200, blank=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    link_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    device = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)

    def __str__(self) -> str:
        return f"{self.half_day_id}: {self.enrolment_id}, late"


class BelatedDecision(models.Model):
    """Somebody who runs the session said whether a belated signature counts."""

    belated = models.OneToOneField(BelatedSignature, on_delete=models.PROTECT, related_name="decision")
    counts = models.BooleanField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.belated_id}: {self.counts}"


class DeliveryConfirmation(models.Model):
    """The contact of a school confirmed that a session without a list took place: for which class, and for how many.

    Signed on the contact's own page, or on the sheet of paper as those who ran the session say. Append-only: what is
    said anew replaces the row before.
    """

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    class_name = models.CharField(max_length=120)
    present = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    """Of who confirmed."""
    function = models.CharField(max_length=120)
    on_paper = models.BooleanField(default=False)
    key = models.UUIDField(unique=True)
    """Made by the page: what is sent again because the answer was lost is the same confirmation."""
    strokes = models.JSONField(default=list)
    typed_name = models.CharField(max_length=200, blank=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    """By the server's clock, in UTC."""
    device_at = models.DateTimeField(null=True)
    link_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    device = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(replaces=None),
                name="one_first_confirmation_per_session",
            ),
            models.CheckConstraint(
                condition=models.Q(on_paper=True) | ~models.Q(strokes=[], typed_name=""),
                name="confirmation_is_signed_or_on_paper",
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.present}"
