"""The registers of complaints, incidents and difficulties (Qualiopi, indicator 31), improvements and risks (32)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.quality.states import (
    HIGHEST,
    OPEN,
    ComplaintKind,
    ComplaintState,
    Direction,
    Effect,
    ImprovementState,
    Origin,
    Outcome,
)
from cordee.reasons import ReasonField

KIND_LABELS = {
    ComplaintKind.COMPLAINT: _("Complaint"),
    ComplaintKind.INCIDENT: _("Incident"),
    ComplaintKind.DIFFICULTY: _("Difficulty"),
}
STATE_LABELS = {
    ComplaintState.RECEIVED: pgettext_lazy("complaint", "received"),
    ComplaintState.UNDER_WAY: pgettext_lazy("complaint", "under way"),
    ComplaintState.DECIDED: pgettext_lazy("complaint", "decided"),
}
OUTCOME_LABELS = {
    Outcome.FOUNDED: pgettext_lazy("complaint", "founded"),
    Outcome.PARTLY: pgettext_lazy("complaint", "founded in part"),
    Outcome.UNFOUNDED: pgettext_lazy("complaint", "not founded"),
}
ORIGIN_LABELS = {
    Origin.COMPLAINT: _("A complaint"),
    Origin.SESSION: _("The sheet of a session"),
    Origin.COMMENT: _("A comment"),
    Origin.SCORE: _("A figure of a survey"),
    Origin.OWN: _("Written by quality"),
}
IMPROVEMENT_LABELS = {
    ImprovementState.PLANNED: pgettext_lazy("improvement", "planned"),
    ImprovementState.DONE: pgettext_lazy("improvement", "done"),
    ImprovementState.MEASURED: pgettext_lazy("improvement", "measured"),
    ImprovementState.GIVEN_UP: pgettext_lazy("improvement", "given up"),
}
EFFECT_LABELS = {
    Effect.EFFECTIVE: pgettext_lazy("improvement", "effective"),
    Effect.WITHOUT: pgettext_lazy("improvement", "without effect"),
}
DIRECTION_LABELS = {
    Direction.FROM_THEM: _("From who raised it"),
    Direction.TO_THEM: _("To who raised it"),
    Direction.NOTE: _("Internal note"),
}


class Complaint(models.Model):
    """Something that somebody is not content with. Who raised it is one of four kinds of people, by their number:
    names and addresses are looked up, so that they are corrected in one place.
    """

    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=list(KIND_LABELS.items()))
    state = models.CharField(
        max_length=12, choices=list(STATE_LABELS.items()), default=ComplaintState.RECEIVED
    )
    confidential = models.BooleanField(default=False)
    """About how a person behaved (violence, harassment, discrimination): few read it, nobody else knows of it."""
    about_facilitator = models.ForeignKey(
        "network.Facilitator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Whom it is about, where that is one of the network: whatever their rights, they never see it."""
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    facilitator = models.ForeignKey(
        "network.Facilitator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.ForeignKey(
        "clients.Contact", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    staff = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mission = models.ForeignKey(
        "missions.Mission", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    session = models.ForeignKey(
        "planning.Session", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = ReasonField(blank=True, of_mission="mission_id", withheld="confidential")
    owner = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField()
    due_on = models.DateField()
    """The day by which it is to be decided: a policy of the organisation when it was received."""
    reminded_of = models.DateField(null=True, blank=True)
    """The due day that was told to have gone by: nobody is reminded of it twice."""
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=list(OUTCOME_LABELS.items()), blank=True)
    """Of the decision that stands."""
    words_erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(enrolment__isnull=False, facilitator=None, contact=None, staff=None)
                | models.Q(enrolment=None, facilitator__isnull=False, contact=None, staff=None)
                | models.Q(enrolment=None, facilitator=None, contact__isnull=False, staff=None)
                | models.Q(enrolment=None, facilitator=None, contact=None, staff__isnull=False),
                name="complaint_raised_by_one",
            ),
            models.CheckConstraint(
                condition=models.Q(about_facilitator=None) | models.Q(confidential=True),
                name="complaint_about_a_person_is_confidential",
            ),
            models.CheckConstraint(
                condition=models.Q(state="decided", decided_at__isnull=False)
                | (~models.Q(state="decided") & models.Q(decided_at=None, outcome="")),
                name="decided_complaint_has_its_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(state="received", owner=None)
                | (~models.Q(state="received") & models.Q(owner__isnull=False)),
                name="complaint_under_way_has_an_owner",
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_on", "id"], name="complaints_due_first"),
            models.Index(fields=["kind", "-id"], name="complaints_by_kind"),
            models.Index(fields=["due_on", "id"], name="complaints_open", condition=models.Q(state__in=OPEN)),
        )

    def __str__(self) -> str:
        return f"{self.ref}: {self.state}"


class Exchange(models.Model):
    """Something said of a complaint. Append-only, but for words erased at the wish of who they are about."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="exchanges")
    direction = models.CharField(max_length=10, choices=list(DIRECTION_LABELS.items()))
    words = ReasonField(of_mission="complaint__mission_id", withheld="complaint__confidential")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    """Who wrote it down; nobody: they did so themselves, by their link."""

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.direction}"


class Decision(models.Model):
    """What quality decided of a complaint, and told who raised it. Append-only: reopened, another one follows."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=list(OUTCOME_LABELS.items()))
    words = ReasonField(of_mission="complaint__mission_id", withheld="complaint__confidential")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.outcome}"


class Improvement(models.Model):
    """Something that is to become better: what, why, by whom, by when, and whether it did.

    Its words are quality's own, whatever it comes from: of a confidential complaint they say nothing.
    """

    ref = models.CharField(max_length=20, unique=True)
    title = ReasonField(of_mission="session__mission_id")
    why = ReasonField(blank=True, of_mission="session__mission_id")
    expected = ReasonField(of_mission="session__mission_id")
    """The effect that is expected, in words."""
    origin = models.CharField(max_length=10, choices=list(ORIGIN_LABELS.items()))
    complaint = models.ForeignKey(Complaint, null=True, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("planning.Session", null=True, on_delete=models.PROTECT, related_name="+")
    comment_id = models.BigIntegerField(null=True)
    """Of an answer in words to a survey, which may be deleted: its number is by chance, and is given to no other."""
    kind = models.CharField(max_length=12, blank=True)
    """Of the surveys whose figure is to rise; empty where no figure is expected to."""
    measure = models.CharField(max_length=30, blank=True)
    """Of that figure, as `surveys.Sum` names it."""
    service_type = models.ForeignKey(
        "catalogue.ServiceType", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Of whose sessions it is the figure; empty: of all."""
    rise = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    """By how much the mean is to rise, in steps of the scale."""
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=12, choices=list(IMPROVEMENT_LABELS.items()), default=ImprovementState.PLANNED
    )
    done_on = models.DateField(null=True)
    done_how = ReasonField(blank=True, of_mission="session__mission_id")
    """What was done, in the words of who did it."""
    given_up_because = ReasonField(blank=True, of_mission="session__mission_id")
    effect = models.CharField(max_length=10, choices=list(EFFECT_LABELS.items()), blank=True)
    measured_on = models.DateField(null=True)
    seen = ReasonField(blank=True, of_mission="session__mission_id")
    """What came of it, in words, where no figure says it."""
    before_mean = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    before_answers = models.PositiveIntegerField(null=True)
    after_mean = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    after_answers = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="", measure="", rise=None, service_type=None)
                | (~models.Q(kind="") & ~models.Q(measure="") & models.Q(rise__gt=0)),
                name="improvement_aims_at_a_figure_or_at_none",
            ),
            models.CheckConstraint(
                condition=models.Q(state="measured", effect__in=("effective", "without"))
                | (~models.Q(state="measured") & models.Q(effect="")),
                name="measured_improvement_has_its_effect",
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_on", "id"], name="improvements_due_first"),
            models.Index(
                fields=["owner", "due_on", "id"],
                name="improvements_of_an_owner",
                condition=models.Q(state=ImprovementState.PLANNED),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref}: {self.state}"


class ImprovedProgramme(models.Model):
    """A version of a programme that an improvement brought."""

    version = models.OneToOneField("catalogue.ProgrammeVersion", on_delete=models.PROTECT, related_name="+")
    improvement = models.ForeignKey(Improvement, on_delete=models.PROTECT, related_name="programmes")

    def __str__(self) -> str:
        return f"{self.version_id}: {self.improvement_id}"


class Risk(models.Model):
    """Something that may happen, and what is done against it. How it was judged before stands in the journal."""

    what = ReasonField()
    """In quality's words, of no mission: whoever reviews the risk puts them right."""
    likelihood = models.PositiveSmallIntegerField()
    gravity = models.PositiveSmallIntegerField()
    against = ReasonField()
    """What is done against it."""
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    review_by = models.DateField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(likelihood__range=(1, HIGHEST), gravity__range=(1, HIGHEST)),
                name="risk_is_judged_on_the_scale",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.weight}"

    @property
    def weight(self) -> int:
        """The likelihood times the gravity: from 1 to 16."""
        return self.likelihood * self.gravity
