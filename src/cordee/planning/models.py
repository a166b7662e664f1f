"""Sessions, their half-days, and who runs them."""

from datetime import datetime
from typing import NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.accounts.models import full_name
from cordee.kernel import zones
from cordee.kernel.periods import local
from cordee.planning.states import AssignmentStatus, DeliveryMode, SessionStatus, StaffRole
from cordee.reasons import ReasonField

SESSION_LABELS = {
    SessionStatus.PLANNED: pgettext_lazy("session", "planned"),
    SessionStatus.CANCELLED: _("cancelled"),
}
MODE_LABELS = {DeliveryMode.ON_SITE: _("On site"), DeliveryMode.REMOTE: _("Remote")}
ROLE_LABELS = {StaffRole.FACILITATOR: _("Facilitator"), StaffRole.OBSERVER: _("Observer")}
ASSIGNMENT_LABELS = {
    AssignmentStatus.INVITED: _("invited"),
    AssignmentStatus.CONFIRMED: _("confirmed"),
    AssignmentStatus.DECLINED: _("declined"),
    AssignmentStatus.WITHDRAWN: _("withdrawn"),
}


class Session(models.Model):
    """One group of participants, at one place, over one or more half-days."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("missions.OrderLine", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=24, unique=True)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    status = models.CharField(
        max_length=10, choices=list(SESSION_LABELS.items()), default=SessionStatus.PLANNED
    )

    time_zone = models.CharField(max_length=50, default=zones.home)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=list(MODE_LABELS.items()), default=DeliveryMode.ON_SITE)
    place = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    video_link = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=5, default="fr")
    capacity = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    instructions = models.TextField(blank=True)
    """What those who come should know: access, what to bring."""

    regularised_because = ReasonField(blank=True, of_mission="mission_id")
    cancelled_because = ReasonField(blank=True, of_mission="mission_id")
    cancelled_at = models.DateTimeField(null=True)
    schedule_version = models.PositiveSmallIntegerField(default=1)
    """Goes up each time the date, the place or the link changes: those who come are told once for each."""
    version = models.PositiveIntegerField(default=1)

    people: "list[OnSession]"
    """Only on sessions read by `queries.sessions_of`."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mission", "position"], name="one_session_per_position"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(status="planned", cancelled_because="")
                | (models.Q(status="cancelled") & ~models.Q(cancelled_because="")),
                name="cancelled_session_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(status="planned", cancelled_at__isnull=True)
                | models.Q(status="cancelled", cancelled_at__isnull=False),
                name="cancelled_session_has_its_time",
            ),
        )
        indexes = (
            models.Index(fields=["ends_at"], name="sessions_by_end"),
            models.Index(fields=["starts_at"], name="sessions_by_start"),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def starts(self) -> datetime:
        """Return when it starts where it takes place: the only way to its local day and hour."""
        return local(self.starts_at, self.time_zone)

    @property
    def ends(self) -> datetime:
        """Return when it ends where it takes place."""
        return local(self.ends_at, self.time_zone)


class HalfDay(models.Model):
    """A half-day of a session: the unit of presence and signature. Day and times are local to the session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="half_days")
    position = models.PositiveSmallIntegerField()
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "position"], name="one_half_day_per_position"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="half_day_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.starts:%H:%M}-{self.ends:%H:%M}"


class EarlierSchedule(models.Model):
    """When and where a session was to be before a change: what those who were not written to know of it.

    Never changed: one row for each version that was replaced.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="earlier_schedules")
    version = models.PositiveSmallIntegerField()
    """Which one it was (`Session.schedule_version`)."""
    half_days = models.JSONField()
    """`[["2027-01-14", "09:00", "12:00"], …]`, local to `time_zone`."""
    time_zone = models.CharField(max_length=50)
    mode = models.CharField(max_length=10)
    place = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    video_link = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "version"], name="one_earlier_schedule_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}, version {self.version}"


class Assignment(models.Model):
    """A facilitator's place on a session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="assignments")
    facilitator = models.ForeignKey("network.Facilitator", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=list(ROLE_LABELS.items()), default=StaffRole.FACILITATOR)
    status = models.CharField(
        max_length=10, choices=list(ASSIGNMENT_LABELS.items()), default=AssignmentStatus.INVITED
    )
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = ReasonField(blank=True, of_mission="session__mission_id")
    """Why it was declined or withdrawn, in the words of who did."""
    round = models.PositiveSmallIntegerField(default=1)
    """Goes up each time the person is invited again: one request mail for each."""
    knows_version = models.PositiveSmallIntegerField(default=0)
    """Which version of when and where they know without a mail (`Session.schedule_version`): that at which they were
    put on, or that they made themselves. 0 for places older than this was kept: the oldest that is known.
    """

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "facilitator"], name="one_place_per_facilitator"),
        )
        indexes = (models.Index(fields=["facilitator", "status"], name="assignments_of_facilitator"),)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.facilitator_id} {self.status}"


class OnSession(NamedTuple):
    """Somebody's place on a session as pages show it by the dozen: read without a model for each of its tables."""

    pk: int
    session_id: int
    facilitator_id: int
    role: str
    status: str
    invited_at: datetime
    reason: str
    phone: str
    user_id: int
    first_name: str
    last_name: str
    email: str

    @classmethod
    def of(cls, place: Assignment) -> "OnSession":
        """Return the same of a place that was read with its facilitator and their account."""
        person, user = place.facilitator, place.facilitator.user
        return cls(
            *(
                place.pk,
                place.session_id,
                person.pk,
                place.role,
                place.status,
                place.invited_at,
                place.reason,
            ),
            *(person.phone, user.pk, user.first_name, user.last_name, user.email),
        )

    @property
    def name(self) -> str:
        return full_name(self.first_name, self.last_name, self.email)
