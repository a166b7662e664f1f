"""What was sealed, in the order in which it was."""

from django.db import models


class SealedFile(models.Model):
    """The sealed file of a session whose sheet was accepted. Written once; each names the seal before it."""

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    """Of the sheet that was accepted: looked at anew, it is sealed anew."""
    number = models.PositiveIntegerField(unique=True)
    """1 for the first that the house sealed, without gaps."""
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of its manifest."""
    previous = models.CharField(max_length=64, blank=True)
    """That of the seal before; empty for the first."""
    public_key = models.CharField(max_length=44)
    """With which it can be checked, in base 64."""
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "round"], name="sealed_once_per_round"),
            models.CheckConstraint(
                condition=models.Q(number=1, previous="") | (models.Q(number__gt=1) & ~models.Q(previous="")),
                name="each_seal_names_the_one_before",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.session_id}"
