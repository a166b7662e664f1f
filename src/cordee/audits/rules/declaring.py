"""Who declares what proves an indicator, and in which form."""

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext as _

from cordee.audits.models import Declaration
from cordee.audits.states import LONGEST_WORDS, ActionKind, in_force
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.organisation.rules import is_a_paper


def handles(actor: Actor) -> bool:
    """Tell whether the actor keeps the evidence of indicators."""
    return actor.may(Permission.KEEP_INDICATORS)


def may_handle(actor: Actor) -> Iterator[Blocker]:
    if not handles(actor):
        yield Blocker("not_quality", _("Indicators are kept by quality."), _("Ask quality."), Turn.QUALITY)


def good_words(words: str) -> Iterator[Blocker]:
    """Some words, not a book: a file alone says nothing of what it proves."""
    if not words:
        yield Blocker(
            "nothing_said",
            _("Nothing is written here."),
            _("Say in a few words what proves the indicator, or what the file shows."),
            Turn.QUALITY,
            "words",
        )
    if len(words) > LONGEST_WORDS:
        yield Blocker(
            "too_long",
            _("This is longer than %(most)d letters.") % {"most": LONGEST_WORDS},
            _("Keep what matters, and give the rest as a file."),
            Turn.QUALITY,
            "words",
        )


def good_file(content: bytes | None) -> Iterator[Blocker]:
    """What proves something is a PDF that opens anywhere; none given is as good."""
    if content is not None:
        yield from is_a_paper(content, field="file", turn=Turn.QUALITY)


def still_valid(valid_until: date | None) -> Iterator[Blocker]:
    if valid_until is not None and valid_until < clock.today():
        yield Blocker(
            "over_already",
            _("This day has gone by."),
            _("Give the last day on which it proves something, or none."),
            Turn.QUALITY,
            "valid_until",
        )


def is_an_indicator(number: int) -> Iterator[Blocker]:
    """Something is declared of an indicator of the text in force."""
    if in_force(clock.today()).indicator(number) is None:
        yield Blocker(
            "no_such_indicator",
            _("There is no indicator %(number)d.") % {"number": number},
            _("Choose one of the list."),
            Turn.QUALITY,
        )


def still_stands(replaced: Declaration | None, number: int, *, gone: bool) -> Iterator[Blocker]:
    """What is replaced is of the same indicator, and was not replaced meanwhile (`gone`)."""
    if gone or (replaced is not None and replaced.indicator != number):
        yield Blocker(
            "replaced_meanwhile",
            _("This was replaced meanwhile."),
            _("Load the page again: what you wrote can be added beside it."),
            Turn.QUALITY,
        )


def offers_something(kinds: Collection[ActionKind]) -> Iterator[Blocker]:
    if not kinds:
        yield Blocker(
            "nothing_offered",
            _("Nothing is ticked."),
            _("Tick at least one kind of action: indicators apply by it."),
            Turn.QUALITY,
            "kinds",
        )
