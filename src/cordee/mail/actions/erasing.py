"""Erasing what was written to somebody."""

from collections.abc import Collection
from html import escape

from django.db.models import Q

from cordee.mail.models import Message
from cordee.mail.states import MACHINE

GONE = "[…]"
"""What stands where a name or words stood."""


def erase_person(*, email: str, name: str, mission_ids: Collection[int], shared: bool) -> None:
    """Erase to whom messages went and what they said; that they were sent, and when, stays: it proves that people were
    informed. In messages about these missions to others, the name goes. An address that others have, too (`shared`),
    stays on what is not theirs by its name.
    """
    theirs = Message.objects.filter(to_email=email) if email else Message.objects.none()
    if shared:
        theirs = theirs.filter(Q(to_name=name) | Q(text__contains=name))
    ids = list(theirs.values_list("pk", flat=True))
    mine = Message.objects.filter(pk__in=ids)
    MACHINE.move_all(mine, "cancel")
    mine.update(
        to_email="", to_name="", subject=GONE, text=GONE, html="", calendar="", told={}, reply_to="", error=""
    )
    for message in Message.objects.filter(mission_id__in=mission_ids, text__contains=name).order_by("pk"):
        message.subject = message.subject.replace(name, GONE)
        message.text = message.text.replace(name, GONE)
        message.html = message.html.replace(escape(name), GONE)
        message.save(update_fields=["subject", "text", "html"])
