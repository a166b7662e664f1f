"""Sending over SMTP, and trying again."""

import logging
from contextlib import suppress
from datetime import timedelta
from email.headerregistry import Address
from email.message import MIMEPart
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet

from cordee.jobs import registry
from cordee.jobs.alone import alone
from cordee.kernel import clock
from cordee.kernel.names import tidy
from cordee.kernel.tokens import hidden
from cordee.mail.models import Message
from cordee.mail.states import MACHINE, MessageState

log = logging.getLogger(__name__)

GIVE_UP_AFTER = 9
"""Attempts, spread over seventeen hours: a mail server may be away for a night."""


def send_due(limit: int = 2000) -> int:
    """Send what is due, oldest first, over one connection. Return how many left.

    One process sends at a time (see `jobs.alone`). Killed, it leaves at most one message "sending", and the next one
    to send takes that back at once. Whether the server had accepted it cannot always be known: killed between the
    server's answer and the row that notes it, a message leaves twice, with the same Message-ID. Nothing is done
    between the two, so that this moment lasts as long as one UPDATE.
    """
    if not _due().exists():
        return 0
    if "default" not in mailers:
        return _keep_in_mailbox()
    with alone("mail") as mine:
        left = _send(limit) if mine else 0
    # What was queued meanwhile, by somebody who found us sending, or is beyond the limit.
    if mine and _due().exists():
        registry.start("mail.send_due")
    return left


def _due() -> QuerySet[Message]:
    return Message.objects.filter(
        due_at__lte=clock.now(), state__in=(MessageState.QUEUED, MessageState.SENDING)
    )


def _send(limit: int) -> int:
    _take_up_what_was_left()
    _take_back_what_is_too_late()
    ids = list(_due().order_by("pk").values_list("pk", flat=True)[:limit])
    backend = mailers["default"]
    try:
        return sum(_send_one(message_id, backend) for message_id in ids)
    finally:
        _hang_up(backend)


def _take_up_what_was_left() -> None:
    """Take back what a process that is gone was sending: nobody else is, while we are."""
    left = Message.objects.filter(due_at__lte=clock.now())
    error = "Each time, the program was ended while it was sending this."
    MACHINE.move_all(left.filter(attempts__gte=GIVE_UP_AFTER), "give_up", error=error)
    MACHINE.move_all(left, "try_later")


def _take_back_what_is_too_late() -> None:
    MACHINE.move_all(_due().filter(until__lte=clock.now()), "cancel")


def _keep_in_mailbox() -> int:
    """Without a mail server the demo keeps messages to be read on its mailbox page; elsewhere they wait."""
    if not settings.DEMO:
        log.warning("%d messages wait: set SMTP_URL to send them", _due().count())
        return 0
    _take_back_what_is_too_late()
    MACHINE.move_all(_due(), "send", attempts=F("attempts") + 1)
    return MACHINE.move_all(_due(), "succeed", sent_at=clock.now())


def _claim(message_id: int) -> Message | None:
    """Take a message in hand, unless somebody took it back or put it off since it was read."""
    now = clock.now()
    free = Message.objects.filter(Q(until=None) | Q(until__gt=now), pk=message_id, due_at__lte=now)
    claimed = MACHINE.move_all(free, "send", attempts=F("attempts") + 1)
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
    MACHINE.move_all(Message.objects.filter(pk=message.pk), "succeed", sent_at=clock.now(), error="")
    return True


def _hang_up(backend: BaseEmailBackend) -> None:
    """Take a new connection for the next message: after an error the present one may be dead."""
    with suppress(OSError):
        backend.close()


def _put_back(message: Message, error: Exception) -> None:
    given_up = message.attempts >= GIVE_UP_AFTER or _is_final(error)
    MACHINE.move_all(
        Message.objects.filter(pk=message.pk),
        "give_up" if given_up else "try_later",
        due_at=clock.now() + timedelta(minutes=2**message.attempts),
        error=hidden(f"{type(error).__name__}: {error}")[:2000],  # people of the office read it
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
