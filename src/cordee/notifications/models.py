"""The words of mails as the office wrote them, and when automatic mails leave."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.notifications.states import Reader

READER_LABELS = {
    Reader.PARTICIPANT: _("To participants"),
    Reader.CONTACT: _("To the client’s contact"),
    Reader.FACILITATOR: _("To facilitators"),
    Reader.COORDINATOR: _("To the coordinator"),
    Reader.OFFICE: _("To the office"),
    Reader.ANYBODY: _("To whoever gets an account"),
}


class Wording(models.Model):
    """One version of the words of one mail in one language. Never edited: the last one is in force."""

    purpose = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    version = models.PositiveIntegerField()
    is_default = models.BooleanField(default=False)
    """Back to the words of the house: then it holds none of its own."""
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    button = models.CharField(max_length=60, blank=True)
    in_force = models.BooleanField(default=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["purpose", "language", "version"], name="one_wording_per_version"
            ),
            models.UniqueConstraint(
                fields=["purpose", "language"], condition=models.Q(in_force=True), name="one_wording_in_force"
            ),
            models.CheckConstraint(
                condition=models.Q(is_default=True, subject="", body="", button="")
                | models.Q(is_default=False) & ~models.Q(subject="") & ~models.Q(body=""),
                name="wording_has_its_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} ({self.language}), {self.version}"


class MailSettings(models.Model):
    """When automatic mails leave: one row, locked by whoever changes it or the words of a mail."""

    rules = models.JSONField(default=dict, blank=True)
    """`{purpose: {"enabled": …, "amount": …}}`, as far as it differs from `mails.MAILS`. Read by `queries.rules`."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_mail_settings"),)

    def __str__(self) -> str:
        return f"version {self.version}"
