"""Whether two titles are about the same thing: the same on every document (code du travail, art. D6353-1)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from cordee.conformity.rules.sheet import Sheet
from cordee.kernel.names import search_key

_SHORT: Final = 2
"""Words up to this length say nothing of what it is about."""
_STEM: Final = 6
"""Letters by which a word is told apart: plurals and endings are the same."""
_PLAIN: Final = """
about and animation atelier autre autres aux avec cinq conférence cours cycle dans des deux équipe équipes facilitation
format formation former groupe jour journée les module par parallèle pour première quatre séance second semaine session
sur the training trois une with workshop
"""
_OF_THE_TRADE: Final = frozenset(word[:_STEM] for word in search_key(_PLAIN).split())
"""Stems of words that any session may bear: how, and not about what."""


def title_differs(sheet: Sheet) -> Iterator[str]:
    """What the session is about stands in the title of the order, too."""
    if are_about_other_things(sheet.title, sheet.ordered):
        yield _("The session is called “%(title)s”, and the order “%(ordered)s”.") % {
            "title": sheet.title,
            "ordered": sheet.ordered[0],
        }


def are_about_other_things(title: str, ordered: Sequence[str]) -> bool:
    """Tell whether a title has words of its own, and what was ordered has words of its own, and none is in both."""
    own, theirs = _stems([title]), _stems(ordered)
    return bool(own and theirs and not own & theirs)


def _stems(titles: Iterable[str]) -> set[str]:
    words = re.findall(r"[^\W\d_]+", search_key(" ".join(titles)))
    return {word[:_STEM] for word in words if len(word) > _SHORT} - _OF_THE_TRADE
