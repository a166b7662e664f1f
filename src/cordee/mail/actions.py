"""Queueing, sending, retrying and cancelling messages."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import MIMEPart
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q

from cordee.jobs import registry
from cordee.kernel import clock
from cordee.kernel.names import tidy
from cordee.mail.models import Message
from cordee.mail.states import MessageState

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = 9
"""Attempts, spread over seventeen hours: a mail server may be away for a night."""
_CONTENT = (
    "purpose",
    "to_email",
    "to_name",
    "reply_to",
    "subject",
    "text",
    "html",
    "calendar",
    "language",
    "session_id",
)


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


def reconcile(wanted: Iterable[Wanted], *, obsolete: Iterable[str] = ()) -> bool:
    """Make the wanted messages exist, once each, and cancel those of `obsolete` (keys) that have not left.

    A wanted message that is still queued takes the new content, and so does one that failed when its content
    has changed since (an address was corrected); one that left is left alone. Return whether all is as
    wanted: not when a message left while this was decided.
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
    renewed = [_renew(known[w.key], w) for w in wanted if w.key in known]
    obsolete = list(obsolete)
    cancelled = cancel(obsolete)
    if wanted:
        registry.start("mail.send_due")
    return all(renewed) and cancelled == len(obsolete)


def _renew(message: Message, wanted: Wanted) -> bool:
    content = {name: getattr(wanted, name) for name in _CONTENT}
    changed = any(getattr(message, name) != value for name, value in content.items())
    waits = message.state in {MessageState.QUEUED, MessageState.CANCELLED}
    if waits or (message.state == MessageState.FAILED and changed):
        found = Message.objects.filter(pk=message.pk, state=message.state)
        updated = found.update(state=MessageState.QUEUED, due_at=clock.now(), attempts=0, error="", **content)
        return updated == 1
    return message.state == MessageState.FAILED or not changed


def cancel(keys: list[str]) -> int:
    """Cancel the messages with these keys that have not left. Return how many."""
    waiting = Message.objects.filter(key__in=keys, state__in=(MessageState.QUEUED, MessageState.FAILED))
    return waiting.update(state=MessageState.CANCELLED) if keys else 0


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
    if "default" not in mailers:
        return _keep_in_mailbox(ids)
    backend = mailers["default"]
    try:
        return sum(_send_one(message_id, backend) for message_id in ids)
    finally:
        _hang_up(backend)


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
    # One that is still "sending" has a lease that ran out: its worker died.
    free = Q(state__in=(MessageState.QUEUED, MessageState.SENDING))
    claimed = Message.objects.filter(free, pk=message_id, due_at__lte=now).update(
        state=MessageState.SENDING, attempts=F("attempts") + 1, due_at=now + LEASE
    )
    return Message.objects.get(pk=message_id) if claimed else None


def _send_one(message_id: int, backend: BaseEmailBackend) -> bool:
    message = _claim(message_id)
    if message is None:
        return False
    try:
        backend.open()
        backend.send_messages([_as_email(message)])
    except Exception as error:
        # SMTP libraries raise many kinds; the reason is kept with the message and shown to the office.
        log.warning("message %s not sent", message.pk, exc_info=True)
        _put_back(message, error)
        _hang_up(backend)
        return False
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=clock.now(), error="")
    return True


def _hang_up(backend: BaseEmailBackend) -> None:
    """Take a new connection for the next message: after an error the present one may be dead."""
    with suppress(OSError):
        backend.close()


def _put_back(message: Message, error: Exception) -> None:
    given_up = message.attempts >= GIVE_UP_AFTER or _is_final(error)
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED if given_up else MessageState.QUEUED,
        due_at=clock.now() + timedelta(minutes=2**message.attempts),
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def _is_final(error: Exception) -> bool:
    """Tell whether the server refused the recipient for good: trying again would change nothing."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())  # noqa: PLR2004 - RFC 5321: permanent


def _as_email(message: Message) -> EmailMultiAlternatives:
    """Return the message as it leaves; nothing typed by anybody can add a header or a recipient."""
    house = parseaddr(settings.MAIL_FROM)[1].partition("@")[2] or "localhost"
    email = EmailMultiAlternatives(
        subject=tidy(message.subject),
        body=message.text,
        from_email=settings.MAIL_FROM,
        to=[str(Address(display_name=tidy(message.to_name), addr_spec=message.to_email))],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            # The same at every attempt: a server that took it twice shows it once.
            "Message-ID": f"<{message.pk}.{message.queued_at.timestamp():.0f}@{house}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    if message.calendar:
        part = MIMEPart()
        method = "CANCEL" if "METHOD:CANCEL" in message.calendar else "PUBLISH"
        part.set_content(
            message.calendar,
            subtype="calendar",
            charset="utf-8",
            params={"method": method},
            disposition="attachment",
            filename="session.ics",
        )
        email.attach(part)
    return email
