"""What the house writes by itself: words of its own, reminders on their way, and an address that nobody has."""

from collections.abc import Iterator

from cordee.demo.stage import Stage, Story
from cordee.mail.models import Message
from cordee.mail.states import MessageState
from cordee.notifications import actions, queries, reminders
from cordee.notifications.mails import Purpose
from cordee.notifications.rules import Words

_MORNINGS = 6
"""How many mornings back the reminders of the house go: enough for those of this week to have left."""


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield words_of_our_own(stage)
    yield reminded(stage)
    yield refused(stage)


def words_of_our_own(stage: Stage) -> Story[None]:
    """Olga writes the first reminder her way, then better."""
    usual = queries.default_words(Purpose.REMINDER, "fr")
    for days, more in (
        (-60, "À très vite !"),
        (-24, "Un empêchement ? Répondez à ce message.\n\nÀ très vite !"),
    ):
        yield stage.moment(stage.day(days), "11:20")
        words = Words("Bientôt : « {session} », le {day}", f"{usual.body}\n\n{more}", usual.button)
        actions.change_words(
            purpose=Purpose.REMINDER, language="fr", words=words, expected_version=None, by=stage.olga
        )


def reminded(stage: Stage) -> Story[None]:
    """Each morning the reminders that are due leave, and those of the next two days are written."""
    for days in range(-_MORNINGS, 1):
        yield stage.moment(stage.day(days), "09:00")
        reminders.write_due()


def refused(stage: Stage) -> Story[None]:
    """The last joining instructions went to an address that the server does not know."""
    yield stage.moment(stage.day(-1), "18:40")
    last = Message.objects.filter(purpose=Purpose.JOINING, state=MessageState.SENT).order_by("-pk")[0]
    error = f"SMTPRecipientsRefused: {{'{last.to_email}': (550, b'5.1.1 No such user here')}}"
    Message.objects.filter(pk=last.pk).update(state=MessageState.FAILED, sent_at=None, error=error)
