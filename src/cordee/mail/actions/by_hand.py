"""What people do to one message: send it again, stop it, let it go after all."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from cordee.jobs import registry
from cordee.kernel import clock
from cordee.mail.models import Message
from cordee.mail.queries import SECRET_PURPOSES
from cordee.mail.states import COPY, MACHINE, MessageState

_COPIED = (
    "purpose",
    "mission_id",
    "session_id",
    "to_email",
    "to_name",
    "reply_to",
    "subject",
    "text",
    "html",
    "calendar",
    "language",
    "told",
    "until",
)


@transaction.atomic
def send_again(message_id: int, *, copies: int) -> bool:
    """Send a copy of a message that left or failed, to the same person; the log keeps both.

    `copies` is how many there were when it was asked for: asked twice by one click, it is one. Return whether
    a copy was made.
    """
    found = Message.objects.filter(pk=message_id, copies=copies)
    found = found.filter(state__in=(MessageState.SENT, MessageState.FAILED))
    if not found.update(copies=F("copies") + 1):
        return False
    message = Message.objects.get(pk=message_id)
    now = clock.now()
    Message.objects.create(
        key=f"again:{message.pk}:{copies + 1}",
        # About the message, not about whom it tells: who decides what must exist counts the first one only.
        about_kind=COPY,
        about_id=message.pk,
        queued_at=now,
        due_at=now,
        **{name: getattr(message, name) for name in _COPIED},
    )
    registry.start("mail.send_due")
    return True


def keep_secret(*, kind: str, thing_id: int, purpose: str) -> None:
    """Let all messages about a thing, copies included, count as of a `purpose` that their addressees alone may read: it
    turned out to be confidential when they had left already.
    """
    about = Message.objects.filter(about_kind=kind, about_id=thing_id).exclude(purpose__in=SECRET_PURPOSES)
    ids = list(about.values_list("pk", flat=True))
    copies = Message.objects.filter(about_kind=COPY, about_id__in=ids).values_list("pk", flat=True)
    Message.objects.filter(pk__in=[*ids, *copies]).update(purpose=purpose)


def withhold(*, kind: str, thing_id: int, purposes: Collection[str]) -> None:
    """Take back what waits about a thing for these purposes, copies included, in the caller's transaction: what it says
    turned out to be confidential. What is still wanted is for `reconcile` to write anew.
    """
    about = Message.objects.filter(about_kind=kind, about_id=thing_id, purpose__in=purposes)
    ids = list(about.values_list("pk", flat=True))
    for waiting in (
        Message.objects.filter(pk__in=ids),
        Message.objects.filter(about_kind=COPY, about_id__in=ids),
    ):
        MACHINE.move_all(waiting, "cancel")


def stop(message_id: int) -> bool:
    """Keep a message that waits from leaving, whatever is computed later. Return whether it was in time."""
    found = Message.objects.filter(pk=message_id)
    return bool(MACHINE.move_all(found, "cancel", stopped_at=clock.now()))


def release(message_id: int, *, queue: bool) -> bool:
    """Let a message that was stopped leave after all. Return whether it was stopped.

    With `queue` it waits again as it is; without, it is for `reconcile` to say whether it is still wanted.
    """
    found = Message.objects.filter(pk=message_id).exclude(stopped_at=None)
    if not queue:
        return bool(found.update(stopped_at=None))
    released = bool(MACHINE.move_all(found, "renew", stopped_at=None))
    if released:
        registry.start("mail.send_due")
    return released
