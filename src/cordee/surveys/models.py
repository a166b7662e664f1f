"""What people answered."""

from django.db import models

from cordee.catalogue.models import QUESTIONNAIRE_LABELS


class Answers(models.Model):
    """What one person answered to one questionnaire. Deleted some time after the session: see `states.KEPT_FOR`."""

    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=list(QUESTIONNAIRE_LABELS.items()))
    version = models.ForeignKey("catalogue.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+")
    """The one that was published when the person first answered."""
    values = models.JSONField(default=dict)
    """By the key of the question: the key of a choice, a list of them, a number, or a text."""
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["enrolment", "kind"], name="answered_once_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.enrolment_id}"


class Counts(models.Model):
    """What the people of a session answered together, once nobody's answers are kept any more."""

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=list(QUESTIONNAIRE_LABELS.items()))
    version = models.ForeignKey("catalogue.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    """How many answered."""
    tallies = models.JSONField(default=dict)
    """By the key of the question: how many answered it, and how often each answer was given."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "version"], name="counted_once_per_session"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.session_id}: {self.people}"
