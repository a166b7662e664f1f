"""Queueing, sending, retrying and cancelling messages."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.db.models import F, Q

from cordee.jobs import registry
from cordee.kernel import clock
from cordee.mail.models import Message
from cordee.mail.states import MessageState

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = 6
_CONTENT = ("to_email", "to_name", "reply_to", "subject", "text", "html", "calendar", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A message that must exist."""

    key: str
    purpose: str
    subject_ref: str
    to_email: str
    to_name: str = ""
    subject: str
    text: str
    html: str = ""
    calendar: str = ""
    reply_to: str = ""
    language: str = "fr"
    mission_id: int | None = None
    session_id: int | None = None


def reconcile(wanted: Iterable[Wanted], *, obsolete: Iterable[str] = ()) -> None:
    """Make the wanted messages exist, once each, and cancel those of `obsolete` (keys) that have not left.

    A wanted message that is still queued takes the new content; one that left is left alone.
    """
    wanted = list(wanted)
    keys = [w.key for w in wanted]
    known = {m.key: m for m in Message.objects.filter(key__in=keys)}
    now = clock.now()
    new = [
        Message(queued_at=now, due_at=now, **{name: getattr(w, name) for name in w.__slots__})
        for w in wanted
        if w.key not in known
    ]
    Message.objects.bulk_create(new, ignore_conflicts=True)
    for w in wanted:
        message = known.get(w.key)
        if message and message.state in {MessageState.QUEUED, MessageState.CANCELLED}:
            content = {name: getattr(w, name) for name in _CONTENT}
            Message.objects.filter(pk=message.pk, state=message.state).update(
                state=MessageState.QUEUED, due_at=now, **content
            )
    cancel(list(obsolete))
    if wanted:
        registry.start("mail.send_due")


def cancel(keys: list[str]) -> None:
    """Cancel the messages with these keys that have not left."""
    if keys:
        Message.objects.filter(key__in=keys, state__in=(MessageState.QUEUED, MessageState.FAILED)).update(
            state=MessageState.CANCELLED
        )


def retry(message_id: int) -> None:
    """Send a failed message again."""
    Message.objects.filter(pk=message_id, state=MessageState.FAILED).update(
        state=MessageState.QUEUED, attempts=0, due_at=clock.now(), error=""
    )
    registry.start("mail.send_due")


def send_due(limit: int = 2000) -> int:
    """Send what is due, oldest first, over one connection. Return how many left."""
    now = clock.now()
    due = Message.objects.filter(due_at__lte=now, state__in=(MessageState.QUEUED, MessageState.SENDING))
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    if not ids:
        return 0
    if not settings.MAIL_SMTP:
        return _keep_in_mailbox(ids)
    backend = EmailBackend(**settings.MAIL_SMTP)
    try:
        return sum(_send_one(message_id, backend) for message_id in ids)
    finally:
        backend.close()


def _keep_in_mailbox(ids: list[int]) -> int:
    """Without a mail server the demo keeps messages to be read on its mailbox page; elsewhere they wait."""
    if not settings.DEMO:
        log.warning("%d messages wait: set SMTP_URL to send them", len(ids))
        return 0
    return Message.objects.filter(pk__in=ids, state=MessageState.QUEUED).update(
        state=MessageState.SENT, sent_at=clock.now(), attempts=F("attempts") + 1
    )


def _claim(message_id: int) -> Message | None:
    now = clock.now()
    free = Q(state=MessageState.QUEUED) | Q(state=MessageState.SENDING)  # a lease that ran out: its worker died
    claimed = Message.objects.filter(free, pk=message_id, due_at__lte=now).update(
        state=MessageState.SENDING, attempts=F("attempts") + 1, due_at=now + LEASE
    )
    return Message.objects.get(pk=message_id) if claimed else None


def _send_one(message_id: int, backend: EmailBackend) -> bool:
    message = _claim(message_id)
    if message is None:
        return False
    try:
        backend.open()
        backend.send_messages([_as_email(message)])
    except Exception as error:
        # SMTP libraries raise many kinds; the reason is kept with the message and shown to the office.
        log.warning("message %s not sent: %s", message.pk, error)
        _put_back(message, error)
        return False
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=clock.now(), error="")
    return True


def _put_back(message: Message, error: Exception) -> None:
    given_up = message.attempts >= GIVE_UP_AFTER
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED if given_up else MessageState.QUEUED,
        due_at=clock.now() + timedelta(minutes=2**message.attempts),
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def _as_email(message: Message) -> EmailMultiAlternatives:
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.MAIL_FROM,
        to=[f'"{message.to_name.replace(chr(34), "")}" <{message.to_email}>' if message.to_name else message.to_email],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"Message-ID": f"<{message.key}.{message.pk}@cordee>", "Auto-Submitted": "auto-generated"},
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    if message.calendar:
        part = MIMEText(message.calendar, "calendar", "utf-8")
        part.add_header("Content-Disposition", "attachment", filename="session.ics")
        email.attach(part)
    return email
