"""What a mail of the house is: its code, its words, who reads it, and when it leaves."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Self

from django.utils.functional import Promise

from cordee.notifications.states import MailRule, Reader, Timing

PLACEHOLDER = re.compile(r"\{\s*(\w+)\s*\}")
SESSION = ("session", "day", "client")
MISSION = ("mission", "title", "client")
AFTER_CHANGE = MailRule(amount=10, timing=Timing.AFTER_CHANGE)


class Computed(StrEnum):
    """What computes a mail from what is true now, so that what waits can be computed anew: see `refresh`."""

    PARTICIPANTS = "participants"
    STAFF = "staff"
    REMINDERS = "reminders"


class Table(StrEnum):
    """What stands under the words, in a table."""

    WHEN_AND_WHERE = "when_and_where"
    SESSIONS = "sessions"
    PEOPLE = "people"


class Mail(str):
    """One mail of the house. It is its code, by which messages and settings know it, with all that is said of it.

    Placeholders in braces are filled by `compose`. A blank line separates paragraphs.
    """

    name: Promise
    reader: Reader
    subject: str | Promise
    body: str | Promise
    button: str | Promise
    """The label of its one button, if there is one."""
    more: tuple[str, ...]
    """Placeholders it fills beside those of the house's own words."""
    table: Table | None
    opens_session: bool
    """Its button opens the page of the session, and not what its reader usually opens."""
    tells_cancellation: bool
    """It is about a session that was cancelled: the only mails about it that still leave."""
    rule: MailRule | None
    """How it leaves unless the office decides otherwise; none: it always leaves, at once."""
    computed: Computed | None

    __slots__ = (
        *("name", "reader", "subject", "body", "button"),
        *("more", "table", "opens_session", "tells_cancellation", "rule", "computed"),
    )

    def __new__(
        cls,
        code: str,
        *,
        name: Promise,
        reader: Reader,
        subject: str | Promise,
        body: str | Promise,
        button: str | Promise = "",
        more: tuple[str, ...] = (),
        table: Table | None = None,
        opens_session: bool = False,
        tells_cancellation: bool = False,
        rule: MailRule | None = None,
        computed: Computed | None = None,
    ) -> Self:
        self = super().__new__(cls, code)
        self.name, self.reader = name, reader
        self.subject, self.body, self.button = subject, body, button
        self.more, self.table, self.opens_session = more, table, opens_session
        self.tells_cancellation, self.rule, self.computed = tells_cancellation, rule, computed
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    @property
    def variables(self) -> list[str]:
        """The placeholders that it knows, in alphabetical order."""
        # In whatever language: all have the same placeholders, the suite sees to it.
        own = placeholders(f"{self.subject} {self.body} {self.button}")
        return sorted({"organisation", *self.more, *own})


def placeholders(text: str) -> Iterator[str]:
    """Give the names in braces of a text."""
    yield from (match[1] for match in PLACEHOLDER.finditer(text))
