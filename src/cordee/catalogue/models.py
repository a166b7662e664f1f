"""Service types, fee schedules and questionnaires."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.catalogue.states import (
    PaidRole,
    Question,
    QuestionKind,
    QuestionnaireKind,
    ServiceKind,
    Topic,
    Words,
)
from cordee.clients.models import SECTOR_LABELS
from cordee.kernel.bounds import COLD_AFTER

KIND_LABELS = {ServiceKind.WORKSHOP: _("Workshop"), ServiceKind.TRAINING: _("Training")}
QUESTIONNAIRE_LABELS = {
    QuestionnaireKind.PLACEMENT: _("Placement questionnaire"),
    QuestionnaireKind.CHECK: _("End-of-training check"),
    QuestionnaireKind.HOT: _("Hot survey"),
    QuestionnaireKind.COLD: _("Cold survey"),
    QuestionnaireKind.CLIENT: _("Survey of the client"),
    QuestionnaireKind.FACILITATOR: _("Survey of the facilitators"),
}
TOPIC_LABELS = {
    Topic.RECOMMEND: _("Recommendation"),
    Topic.CONTENT: _("Content"),
    Topic.PACE: _("Pace"),
    Topic.FACILITATION: pgettext_lazy("survey", "Facilitation"),
    Topic.ORGANISATION: pgettext_lazy("survey", "Organisation"),
    Topic.USEFULNESS: _("Usefulness at work"),
}
QUESTION_LABELS = {
    QuestionKind.ONE: _("One choice"),
    QuestionKind.SEVERAL: _("Several choices"),
    QuestionKind.SCALE: _("Scale"),
    QuestionKind.NUMBER: _("Whole number"),
    QuestionKind.SHORT_TEXT: _("Short text"),
    QuestionKind.LONG_TEXT: _("Long text"),
}
PAID_ROLE_LABELS = {PaidRole.FACILITATION: _("Facilitation"), PaidRole.COORDINATION: _("Coordination")}


class Questionnaire(models.Model):
    """What the house asks people, kept in versions: what somebody was asked is never changed afterwards."""

    kind = models.CharField(
        max_length=12, choices=list(QUESTIONNAIRE_LABELS.items()), default=QuestionnaireKind.PLACEMENT
    )
    name = models.CharField(max_length=120, unique=True)
    """Read by the office only."""
    anonymous = models.BooleanField(default=False)
    """Of a survey of participants: answers hold no way back to who gave them (docs/decisions/0023)."""
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class QuestionnaireVersion(models.Model):
    """The questions as they stand together. Once published it stays as it is; until then it is the draft."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    introduction_fr = models.TextField(blank=True)
    introduction_en = models.TextField(blank=True)
    questions = models.JSONField(default=list)
    """In order, each as `states.Question` writes itself."""
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(published_at=None),
                name="one_draft_per_questionnaire",
            ),
        )

    def __str__(self) -> str:
        return f"{self.questionnaire_id} v{self.number}"

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(Question.from_json(kept) for kept in self.questions)

    @property
    def introduction(self) -> Words:
        return Words(self.introduction_fr, self.introduction_en)


class ServiceType(models.Model):
    """What is sold and run: a workshop of three hours, a day of training…"""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=list(KIND_LABELS.items()))
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(15), MaxValueValidator(6 * 600)])
    """Length in minutes, lunch breaks left out."""
    half_days = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    capacity = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    """Participants one facilitator takes."""
    programme = models.TextField(blank=True)
    """What participants read of it: objectives, content, methods (Qualiopi, indicator 1). It stands in the last of its
    `programmes`, with the file.
    """
    programme_file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The same as a PDF, where there is one."""
    registration_fields = models.JSONField(default=list, blank=True)
    """What people who register themselves are asked beside name and address, in order: a label each."""
    placement_questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Asked of each participant before the session; none: nothing is asked. So it is with those that follow."""
    check_questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Asked at the end; where it is the placement one, what was learned is what is different."""
    check_on_certificate = models.BooleanField(default=False)
    """What the check found stands on the certificate of participation."""
    hot_questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cold_questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    client_questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    facilitator_questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cold_after_days = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(COLD_AFTER.least), MaxValueValidator(COLD_AFTER.most)]
    )
    """Days from the end of a session to its cold survey."""
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class ProgrammeVersion(models.Model):
    """The programme of a service as it stood from a moment on. Append-only: what past sessions were given is known."""

    service_type = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="programmes")
    number = models.PositiveSmallIntegerField()
    """Of this service, from 1."""
    text = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """The same as a PDF, where there is one."""
    changed = models.CharField(max_length=300, blank=True)
    """What is different, in a sentence of the office's."""
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["service_type", "number"], name="one_programme_per_number"),
        )

    def __str__(self) -> str:
        return f"{self.service_type_id} v{self.number}"


class FeeSchedule(models.Model):
    """A grid of fees, in force from its day until a later one takes over."""

    name = models.CharField(max_length=120)
    valid_from = models.DateField(unique=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%Y-%m-%d})"


class FeeRate(models.Model):
    """One amount of a schedule, in euros excluding VAT, per prestation."""

    schedule = models.ForeignKey(FeeSchedule, on_delete=models.PROTECT, related_name="rates")
    service_type = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="rates")
    sector = models.CharField(max_length=20, choices=list(SECTOR_LABELS.items()))
    role = models.CharField(max_length=20, choices=list(PAID_ROLE_LABELS.items()))
    amount = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["schedule", "service_type", "sector", "role"], name="one_rate_per_cell"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="rate_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.service_type} × {self.sector} × {self.role}: {self.amount}"
