"""The register of complaints, incidents and difficulties (Qualiopi, indicator 31)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.quality.states import OPEN, ComplaintKind, ComplaintState, Direction, Outcome
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
    words = ReasonField(blank=True, of_mission="mission_id")
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
    words = ReasonField(of_mission="complaint__mission_id")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    """Who wrote it down; nobody: they did so themselves, by their link."""

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.direction}"


class Decision(models.Model):
    """What quality decided of a complaint, and told who raised it. Append-only: reopened, another one follows."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=list(OUTCOME_LABELS.items()))
    words = ReasonField(of_mission="complaint__mission_id")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.outcome}"
