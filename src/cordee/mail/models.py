"""Outgoing messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.mail.states import COPY, MessageState

STATE_LABELS = {
    MessageState.QUEUED: _("queued"),
    MessageState.SENDING: _("leaving"),
    MessageState.SENT: _("sent"),
    MessageState.FAILED: _("failed"),
    MessageState.CANCELLED: _("not sent"),
}


class Message(models.Model):
    """One message to one person, kept as it leaves."""

    key = models.CharField(max_length=120, unique=True)
    """What the message is, e.g. `joining:812:1`: the same fact never makes two. Compared as a whole and never read:
    what is to be known of a message stands in its columns.
    """
    purpose = models.CharField(max_length=40)
    about_kind = models.CharField(max_length=80)
    about_id = models.BigIntegerField(default=0)
    occasion = models.BigIntegerField(default=0)
    about_day = models.DateField(null=True)
    """See `About`."""
    version = models.PositiveIntegerField(default=0)
    """Which version of when and where it tells (`Session.schedule_version`)."""
    mission_id = models.BigIntegerField(null=True)
    session_id = models.BigIntegerField(null=True)

    to_email = models.EmailField()
    to_name = models.CharField(max_length=200, blank=True)
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="fr")
    told = models.JSONField(default=dict, blank=True)
    """When and where, as it tells them: what changed since is what the next one tells."""

    state = models.CharField(max_length=10, choices=list(STATE_LABELS.items()), default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    """When it may leave, or be tried again."""
    until = models.DateTimeField(null=True)
    """From this moment on it would say nothing any more: if it has not left, it never does."""
    stopped_at = models.DateTimeField(null=True)
    """When somebody kept it from leaving: it is not computed anew."""
    copies = models.PositiveSmallIntegerField(default=0)
    """How often somebody sent it again: each copy is a message of its own."""
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["about_kind", "about_id"], name="mail_by_thing"),
            models.Index(fields=["session_id", "-id"], name="mail_by_session"),
            models.Index(fields=["mission_id", "-id"], name="mail_by_mission"),
            models.Index(
                fields=["due_at"], name="mail_due", condition=models.Q(state__in=["queued", "sending"])
            ),
            models.Index(fields=["-id"], name="mail_failed", condition=models.Q(state="failed")),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="sent_mail_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} to {self.to_email}: {self.state}"

    @property
    def is_copy(self) -> bool:
        return self.about_kind == COPY
