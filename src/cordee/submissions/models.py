"""Forms that were carried out."""

from django.db import models


class Submission(models.Model):
    """A form that was carried out once, known by the token it was shown with:
    a double click does one thing.
    """

    token = models.UUIDField(unique=True)
    user_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.token} → {self.outcome}"
