"""Reading the words of mails and when they leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation

from cordee.notifications.mails import MAILS, Mail
from cordee.notifications.models import MailSettings, Wording
from cordee.notifications.rules import Words
from cordee.notifications.states import MailRule

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
_ALWAYS = MailRule()


@dataclass(frozen=True, slots=True)
class Wordbook:
    """The words in force of every mail, read at once: for whoever writes to many people."""

    _own: Mapping[tuple[str, str], Words] = field(default_factory=dict)

    def words(self, purpose: Mail, language: str) -> Words:
        return self._own.get((purpose, language)) or default_words(purpose, language)


def wordbook() -> Wordbook:
    """Return the words in force, in one query."""
    found = Wording.objects.filter(in_force=True, is_default=False)
    return Wordbook({(w.purpose, w.language): _words(w) for w in found})


def words(purpose: Mail, language: str) -> Words:
    """Return the words in force of one mail, in one query."""
    latest = in_force(purpose, language)
    return default_words(purpose, language) if latest is None or latest.is_default else _words(latest)


def default_words(purpose: Mail, language: str) -> Words:
    """Return the house's own words."""
    with translation.override(language):
        return Words(str(purpose.subject), str(purpose.body), str(purpose.button))


def in_force(purpose: Mail, language: str) -> Wording | None:
    """Return the version in force; none as long as nobody ever changed the words."""
    return Wording.objects.filter(purpose=purpose, language=language, in_force=True).first()


def versions(purpose: Mail, language: str) -> list[Wording]:
    """Return every version, the newest first."""
    return list(Wording.objects.filter(purpose=purpose, language=language).order_by("-version"))


def words_of_version(version: Wording) -> Words:
    if version.is_default:
        return default_words(MAILS[version.purpose], version.language)
    return _words(version)


def _words(wording: Wording) -> Words:
    return Words(wording.subject, wording.body, wording.button)


def changed_words() -> set[tuple[str, str]]:
    """Return the purposes and languages in which the office wrote words of its own."""
    found = Wording.objects.filter(in_force=True, is_default=False)
    return set(found.values_list("purpose", "language"))


def mail_settings() -> MailSettings:
    """Return when automatic mails leave, as it is kept; before anything was saved, the defaults."""
    return MailSettings.objects.filter(pk=1).first() or MailSettings(pk=1)


def rules(kept: MailSettings | None = None) -> dict[Mail, MailRule]:
    """Return how every mail leaves that has a switch, in one query."""
    kept = kept or mail_settings()
    found = {}
    for purpose in MAILS.values():
        if purpose.rule:
            own = kept.rules.get(purpose, {})
            found[purpose] = MailRule(
                enabled=own.get("enabled", purpose.rule.enabled),
                amount=own.get("amount", purpose.rule.amount),
                timing=purpose.rule.timing,
            )
    return found


def rule_of(purpose: Mail) -> MailRule:
    """Return how one mail leaves; without a switch it always does, at once."""
    return rules().get(purpose, _ALWAYS)
