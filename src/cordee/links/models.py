"""Personal links."""

from django.db import models


class PersonalLink(models.Model):
    """A way in for one person to one thing, without an account:
    signed, with a purpose and an end, revocable.
    """

    purpose = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    sent_to = models.CharField(max_length=32, blank=True)
    """A mark of the address it was sent to (`queries.address_mark`): it opens for that address alone."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["purpose", "subject_id"], name="links_by_subject"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="link_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"


class LostLink(models.Model):
    """Somebody who lost their links gave this address; forgotten as soon as the answer is written."""

    email = models.EmailField()
    language = models.CharField(max_length=5)
    """That of the page on which they asked."""
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} {self.asked_at:%Y-%m-%d %H:%M}"
