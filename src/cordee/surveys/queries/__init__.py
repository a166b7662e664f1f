"""Reading what is asked of whom, and what a group answered."""

from cordee.surveys.queries.asking import Asked, asked, placement_wanted, silent, unanswered
from cordee.surveys.queries.counting import Tally, ranges, stored, tally, tally_from
from cordee.surveys.queries.groups import Group, PersonAnswers, Profile, group, people_of, profiles_of
from cordee.surveys.queries.wording import rows, said

__all__ = [
    "Asked",
    "Group",
    "PersonAnswers",
    "Profile",
    "Tally",
    "asked",
    "group",
    "people_of",
    "placement_wanted",
    "profiles_of",
    "ranges",
    "rows",
    "said",
    "silent",
    "stored",
    "tally",
    "tally_from",
    "unanswered",
]
