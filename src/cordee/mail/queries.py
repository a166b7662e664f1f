"""Reading messages."""

from django.db.models import Q, QuerySet

from cordee.mail.models import Message
from cordee.mail.states import MessageState


def messages(*, search: str = "", state: str = "") -> QuerySet[Message]:
    """Return messages, newest first, whose recipient or subject contains `search`."""
    found = Message.objects.order_by("-pk")
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(Q(to_email__icontains=search) | Q(subject__icontains=search))
    return found


def message(message_id: int) -> Message | None:
    return Message.objects.filter(pk=message_id).first()


def of_session(session_id: int) -> QuerySet[Message]:
    """Return what was sent about a session, newest first."""
    return Message.objects.filter(session_id=session_id).order_by("-pk")


def of_subjects(subject_refs: list[str]) -> QuerySet[Message]:
    """Return the messages about these things, oldest first."""
    return Message.objects.filter(subject_ref__in=subject_refs).order_by("pk")


def failed_count() -> int:
    return Message.objects.filter(state=MessageState.FAILED).count()
