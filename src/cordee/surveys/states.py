"""Limits and times of what people answer."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta

from cordee.catalogue.states import QuestionnaireKind

LONGEST = {"short_text": 200, "long_text": 5000}
"""Characters, by kind of question."""

KEPT_FOR = timedelta(days=92)
"""How long after a session answers are kept with the name of who gave them.

They serve to adapt the session (Qualiopi, indicator 8); no law asks to keep them longer, and personal data is kept
no longer than it serves (GDPR, article 5). Three months leave time to look into a complaint or an audit of the session.
"""
FEWEST_COUNTED = 5
"""Answers of fewer people are deleted without being counted: so few counts would still tell who said what."""

# --- surveys ----------------------------------------------------------------------------------------------

FEWEST_TOLD = 4
"""Anonymous answers are told together with those of at least so many people, never fewer: see decision 0023."""
FEWEST_OTHERS = 3
"""The mean beside a facilitator’s own is of so many others at least: of fewer it would tell a colleague’s."""
FEWEST_RANKED = 5
"""On fewer answers nothing is ranked."""
OPEN_FOR = {
    QuestionnaireKind.CHECK: timedelta(days=21),
    QuestionnaireKind.HOT: timedelta(days=21),
    QuestionnaireKind.COLD: timedelta(days=30),
    QuestionnaireKind.CLIENT: timedelta(days=45),
    QuestionnaireKind.FACILITATOR: timedelta(days=21),
}
"""How long a survey can be answered."""
NAMED_FOR = timedelta(days=366)
"""How long after it closed a survey that was not anonymous keeps names: a year of audits and complaints. The answers
stay, without them."""
QR_BEFORE = timedelta(minutes=45)
"""How long before the end of a session people can say how it was by the code on the screen."""
STEPS = range(11)
"""All steps that a scale may have: answers are counted in a column each."""
SURVEY_LINK = "survey"
"""The page of one survey for a contact or a facilitator; the link is about who was asked (`Addressee`)."""
BINS_FROM = (0, 1, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Where the bins begin in which answers in numbers are counted: below 0, 0, 1 to 4, 5 to 9, … 1000 and more. The same
for every question and version, as many as there are columns.
"""


def bin_of(number: int) -> int:
    """Return in which bin a number is counted, from 0 on."""
    return bisect_right(BINS_FROM, number)


@dataclass(frozen=True, slots=True)
class Nps:
    """How many would recommend (9, 10), would not (0 to 6), and the rest; the score goes from -100 to 100."""

    promoters: int
    passives: int
    detractors: int

    @property
    def people(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> int | None:
        """The part of those who would less the part of those who would not, in per cent; nothing without answers."""
        return round(100 * (self.promoters - self.detractors) / self.people) if self.people else None


MASK = "[…]"
"""What stands where a passage was taken out of an answer in words."""
LONGEST_TAG, MOST_TAGS = 40, 8
MOST_WORDS = 8
"""Words by which answers in words are searched: each one reads through all of them."""
