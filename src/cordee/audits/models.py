"""What is declared of indicators, and the files of audits."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.audits.states import ActionKind, Standing

KIND_LABELS = {
    ActionKind.TRAINING: _("Training"),
    ActionKind.CERTIFYING: _("Training that leads to a registered certification"),
    ActionKind.WORK_BASED: _("Training with periods at work"),
    ActionKind.APPRENTICESHIP: _("Apprenticeship"),
    ActionKind.VALIDATION: _("Validation of what was learned by experience"),
    ActionKind.SKILLS_REVIEW: _("Skills review"),
}
STANDING_LABELS = {
    Standing.PROVEN: pgettext_lazy("indicator", "proven"),
    Standing.TO_COMPLETE: pgettext_lazy("indicator", "to complete"),
    Standing.NOT_APPLICABLE: pgettext_lazy("indicator", "not applicable"),
}


class Offer(models.Model):
    """Which kinds of action the organisation offers, from a moment on: the latest row holds."""

    kinds = models.JSONField(default=list)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {', '.join(self.kinds)}"


class Declaration(models.Model):
    """What proves an indicator and lies outside Cordée, in words or as a file. Never changed: a newer replaces it."""

    indicator = models.PositiveSmallIntegerField()
    words = models.TextField()
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_until = models.DateField(null=True, blank=True)
    """The last day on which it proves anything; empty: until it is replaced."""
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        indexes = (models.Index(fields=["indicator", "-id"], name="declared_of_indicator"),)

    def __str__(self) -> str:
        return f"{self.indicator}: {self.words[:40]}"


class Audit(models.Model):
    """Missions that an auditor looks at, drawn at random or named, and the file made of them."""

    ref = models.CharField(max_length=20, unique=True)
    since = models.DateField()
    until = models.DateField()
    """Missions are drawn among those with a session that ended between these days, both included."""
    seed = models.CharField(max_length=40, blank=True)
    """Of the draw, so that it can be made again; empty where the auditor named the missions."""
    among = models.PositiveIntegerField(default=0)
    """How many missions were drawn from."""
    missions = models.ManyToManyField("missions.Mission", related_name="+")
    asked_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Empty until the worker has made it: whole, or not at all."""
    built_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["id"], name="audits_to_build", condition=models.Q(file__isnull=True)),
        )

    def __str__(self) -> str:
        return self.ref
