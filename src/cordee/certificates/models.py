"""Certificates, as they were issued. Every table here is append-only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.certificates.states import Kind

KIND_LABELS = {
    Kind.PARTICIPATION: _("Certificate of participation"),
    Kind.REALISATION: _("Certificate of realisation"),
}


class Certificate(models.Model):
    """One certificate of one person: its number, and all that is printed on it.

    What it says never changes. A correction is a new certificate that replaces the one before; where nothing is to
    be certified any more, a `Revocation` stands beside it.
    """

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=14, choices=list(KIND_LABELS.items()))
    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey("enrolment.Participant", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Of which participation is certified; none where it is all that somebody did on the mission."""
    minutes = models.PositiveIntegerField()
    """Realised, as printed."""
    content = models.JSONField()
    """Exactly what is printed (`documents.rendering.Content`): it is drawn from this whenever somebody asks."""
    digest = models.CharField(max_length=64)
    """SHA-256 of `content` written as JSON: keys sorted, no spaces, in UTF-8."""
    code = models.CharField(max_length=32, unique=True)
    """What the QR code holds: whoever has the paper can have it confirmed; nobody comes upon it by guessing."""
    issued_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    """Who had it made; nobody when it followed from presence."""
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(replaces=None, enrolment__isnull=False),
                name="one_first_certificate_per_place",
            ),
            models.UniqueConstraint(
                fields=["mission", "participant"],
                condition=models.Q(replaces=None, enrolment=None),
                name="one_first_certificate_per_mission",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="participation", enrolment__isnull=False)
                | models.Q(kind="realisation", enrolment=None),
                name="participation_is_of_a_place",
            ),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="absent_means_no_certificate"),
        )

    def __str__(self) -> str:
        return self.number


class Revocation(models.Model):
    """A certificate stands no more, and nothing replaces it: who it named turned out not to have been there."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="revocation")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.certificate_id}"
