"""What was printed."""

from django.db import models


class PrintedSheet(models.Model):
    """One version of a session's attendance sheet, as it went to paper. Written once, never changed.

    A page that comes back signed names its version: it is read with what was printed on it, whatever
    the list says since.
    """

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=64)
    """Of all that is printed but the version and the day: the same again is the same version."""
    data = models.JSONField()
    """What it was drawn from: `rendering.SheetData`, without the picture of the logo."""
    layout = models.JSONField()
    """Where everything lies on each page: a list of `rendering.PageOfSheet`."""
    sha256 = models.CharField(max_length=64)
    """Of the file in which it was first printed, alone or with the sheets of other sessions."""
    printed_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    """Who printed it first; nobody with an account when it was the command."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "version"], name="one_sheet_per_version"),
            models.UniqueConstraint(fields=["session", "fingerprint"], name="one_version_per_content"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} v{self.version}"
