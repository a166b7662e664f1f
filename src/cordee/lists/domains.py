"""Mail domains everybody knows, and the slips people make when typing them."""

from collections import Counter

from cordee.lists.letters import one_slip
from cordee.lists.words import vocabulary

KNOWN = vocabulary(
    """
    gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com
    yahoo.com yahoo.fr ymail.com icloud.com me.com mac.com aol.com aol.fr gmx.com gmx.fr orange.fr
    wanadoo.fr laposte.net free.fr sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr aliceadsl.fr
    cegetel.net libertysurf.fr protonmail.com proton.me
    """
)
REAL = vocabulary(
    """
    mail.com email.com hotmail.be hotmail.ch hotmail.de hotmail.es hotmail.it hotmail.gr hotmail.co.uk
    outlook.be outlook.de outlook.es outlook.it outlook.pt yahoo.be yahoo.de yahoo.es yahoo.it yahoo.gr
    yahoo.co.uk live.be live.nl live.it live.co.uk gmx.de gmx.net gmx.ch gmx.at orange.com orange.be
    wanadoo.com laposte.fr icloud.fr free.org
    """
)
"""One slip away from a known one, or looking like it, and yet real."""

_FOREIGN_ENDINGS = {
    "gmail.fr": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.cm": "gmail.com",
    "laposte.com": "laposte.net",
    "icloud.con": "icloud.com",
    "gmail": "gmail.com",
    "hotmail": "hotmail.com",
    "outlook": "outlook.com",
    "yahoo": "yahoo.fr",
    "orange": "orange.fr",
    "wanadoo": "wanadoo.fr",
    "laposte": "laposte.net",
    "free": "free.fr",
    "sfr": "sfr.fr",
    "icloud": "icloud.com",
}
_TELLING = 5
"""A name shorter than this is too near to other real names: only its ending is looked at."""
_USUAL = 3
"""People at one domain from which on it is the list's own."""


class Domains:
    """What the domains of one list tell about each other."""

    def __init__(self, seen: Counter[str]) -> None:
        self.seen = seen
        self.usual = [domain for domain, times in seen.most_common(5) if times >= _USUAL]
        """The list's own domains, most used first."""
        self._meant: dict[str, str | None] = {}

    def meant(self, domain: str) -> str | None:
        """Return the domain that was probably meant, or None when this one looks right."""
        if domain not in self._meant:
            self._meant[domain] = self._look(domain)
        return self._meant[domain]

    def _look(self, domain: str) -> str | None:
        if domain in KNOWN or domain in REAL:
            return None
        if domain in _FOREIGN_ENDINGS:
            return _FOREIGN_ENDINGS[domain]
        near = sorted(known for known in KNOWN if _is_slip(domain, known))
        if near:
            return max(near, key=lambda known: self.seen[known])
        times = self.seen[domain]
        for own in self.usual:
            if _is_own_slip(domain, own) and times * _USUAL <= self.seen[own]:
                return own
        stem = f"{domain}."
        return next((own for own in self.usual if "." not in domain and own.startswith(stem)), None)

    def is_known(self, domain: str) -> bool:
        """Tell whether everybody knows a domain, or this list holds it."""
        return domain in KNOWN or domain in REAL or domain in self.seen

    def ending_of(self, text: str) -> str | None:
        """Return the known or usual domain that `text` ends with, when something stands before it."""
        endings = [d for d in (*self.usual, *KNOWN) if text.endswith(d) and len(text) > len(d)]
        return max(endings, key=len, default=None)

    @property
    def only(self) -> str | None:
        """The one domain nearly everybody in the list has."""
        if self.usual and self.seen[self.usual[0]] * 10 >= self.seen.total() * 6:
            return self.usual[0]
        return None


def _is_slip(domain: str, known: str) -> bool:
    if not one_slip(domain, known):
        return False
    stem, _, ending = known.partition(".")
    return len(stem) >= _TELLING or domain.partition(".")[0] == stem or domain == f"{stem}{ending}"


def _is_own_slip(domain: str, own: str) -> bool:
    """Two sites that differ by a figure (`lycee1`, `lycee2`) are two sites."""

    def letters(text: str) -> str:
        return "".join(c for c in text if not c.isdigit())

    return len(own) > _TELLING and letters(domain) != letters(own) and one_slip(domain, own)
