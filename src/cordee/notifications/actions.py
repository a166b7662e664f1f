"""Changing the words of mails, when they leave, and what is done by hand to one message."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.notifications import queries, rules
from cordee.notifications.facts import (
    MailReleased,
    MailRulesChanged,
    MailSentAgain,
    MailStopped,
    MailWordsChanged,
)
from cordee.notifications.mails import COMPUTED, PLACEHOLDER, Mail
from cordee.notifications.models import MailSettings, Wording
from cordee.notifications.rules import Words
from cordee.notifications.states import MailRule
from cordee.organisation.rules import is_current
from cordee.planning import queries as planning


@transaction.atomic
def change_words(
    *, purpose: Mail, language: str, words: Words, expected_version: int | None, by: Actor
) -> None:
    """Write other words for a mail; those before stay on record.

    `expected_version` is the version that was read, 0 when there was none. Raises Refused when not allowed, when the
    words make no sense, or somebody changed them meanwhile. Words that are in force already change nothing.
    """
    words = tidied(words)
    latest = _locked(purpose, language)
    refuse_if(
        [
            *rules.may_edit_mails(by),
            *rules.words_make_sense(purpose, words),
            *is_current(latest.version if latest else 0, expected_version),
        ]
    )
    if words == (queries.words_of_version(latest) if latest else queries.default_words(purpose, language)):
        return
    _write(purpose, language, words, latest, by)


@transaction.atomic
def back_to_default(*, purpose: Mail, language: str, by: Actor) -> None:
    """Go back to the house's own words; those of the office stay on record. Raises Refused."""
    latest = _locked(purpose, language)
    refuse_if(rules.may_edit_mails(by))
    if latest and not latest.is_default:
        _write(purpose, language, None, latest, by)


@transaction.atomic
def take_version(*, purpose: Mail, language: str, version: int, by: Actor) -> None:
    """Take the words of an earlier version again, as a new one. Raises Refused."""
    latest = _locked(purpose, language)
    earlier = Wording.objects.get(purpose=purpose, language=language, version=version)
    refuse_if(rules.may_edit_mails(by))
    words = None if earlier.is_default else queries.words_of_version(earlier)
    if words:  # what could be said then may not be filled any more
        refuse_if(rules.words_make_sense(purpose, words))
    if latest and queries.words_of_version(latest) != queries.words_of_version(earlier):
        _write(purpose, language, words, latest, by)


def tidied(words: Words) -> Words:
    """Return words in one form: single lines where one is meant, `{name}` without spaces inside."""
    lines = [line.rstrip() for line in words.body.splitlines()]
    parts = (_one_line(words.subject), "\n".join(lines).strip(), _one_line(words.button))
    return Words(*(PLACEHOLDER.sub(r"{\1}", part) for part in parts))


def _one_line(text: str) -> str:
    """Return a text on one line; spaces that must not break are left: French typography needs them."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _locked(purpose: Mail, language: str) -> Wording | None:
    """Return the version in force; nobody else changes words or rules until the end of the transaction."""
    MailSettings.objects.select_for_update().get_or_create(pk=1)
    return queries.in_force(purpose, language)


def _write(purpose: Mail, language: str, words: Words | None, latest: Wording | None, by: Actor) -> None:
    Wording.objects.filter(purpose=purpose, language=language, in_force=True).update(in_force=False)
    written = Wording.objects.create(
        purpose=purpose,
        language=language,
        version=latest.version + 1 if latest else 1,
        is_default=words is None,
        subject=words.subject if words else "",
        body=words.body if words else "",
        button=words.button if words else "",
        at=clock.now(),
        user_id=by.user_id,
    )
    fact = MailWordsChanged(
        wording_id=written.pk,
        purpose=purpose,
        language=language,
        version=written.version,
        is_default=written.is_default,
    )
    journal.record(fact, by=by)


@transaction.atomic
def set_rules(*, wanted: Mapping[Mail, MailRule], expected_version: int | None, by: Actor) -> None:
    """Say which automatic mails leave, and when. What waits and was switched off is taken back at once.

    Raises Refused when not allowed, not possible, or changed meanwhile.
    """
    kept, _ = MailSettings.objects.select_for_update().get_or_create(pk=1)
    refuse_if(
        [
            *rules.may_edit_mails(by),
            *rules.rules_make_sense(wanted),
            *is_current(kept.version, expected_version),
        ]
    )
    before = queries.rules(kept)
    changed = [
        p
        for p, rule in wanted.items()
        if (rule.enabled, rule.amount) != (before[p].enabled, before[p].amount)
    ]
    if not changed:
        return
    for purpose in changed:
        rule, usual = wanted[purpose], purpose.rule or MailRule()
        kept.rules[purpose] = {"enabled": rule.enabled, "amount": rule.amount}
        if (rule.enabled, rule.amount) == (usual.enabled, usual.amount):
            del kept.rules[purpose]
    kept.version += 1
    kept.save()
    mail.take_back([p for p in changed if not wanted[p].enabled])
    journal.record(MailRulesChanged(settings_id=kept.pk, purposes=[str(p) for p in changed]), by=by)


@transaction.atomic
def send_again(*, message_id: int, copies: int, by: Actor) -> None:
    """Send a copy of a message that left or failed, to the same person. Raises Refused.

    `copies` is how many had been made when this was asked for: a double click makes one.
    """
    message, mission = _message(message_id)
    session = planning.session(message.session_id) if message.session_id else None
    refuse_if(
        [
            *rules.may_handle(mission, by),
            *rules.is_for_others_to_read(message.purpose, mail_queries.SECRET_PURPOSES),
            *rules.still_tells_something(message.purpose, session),
        ]
    )
    if mail.send_again(message_id, copies=copies):
        fact = MailSentAgain(message_id=message_id, purpose=message.purpose, session_id=message.session_id)
        journal.record(fact, by=by, mission_id=message.mission_id)


@transaction.atomic
def stop(*, message_id: int, by: Actor) -> bool:
    """Keep a message that waits from leaving. Return whether it was in time. Raises Refused."""
    message, mission = _message(message_id)
    refuse_if(rules.may_handle(mission, by))
    in_time = mail.stop(message_id)
    if in_time:
        fact = MailStopped(message_id=message_id, purpose=message.purpose, session_id=message.session_id)
        journal.record(fact, by=by, mission_id=message.mission_id)
    return in_time


@transaction.atomic
def release(*, message_id: int, by: Actor) -> None:
    """Let a message that was stopped leave after all, if it is still wanted then. Raises Refused."""
    message, mission = _message(message_id)
    refuse_if(rules.may_handle(mission, by))
    # What is computed is computed anew, by who hears the fact: much may have changed meanwhile.
    if mail.release(message_id, queue=message.is_copy or message.purpose not in COMPUTED):
        fact = MailReleased(message_id=message_id, purpose=message.purpose, session_id=message.session_id)
        journal.record(fact, by=by, mission_id=message.mission_id)


def _message(message_id: int) -> tuple[Any, Mission | None]:
    message = mail_queries.message(message_id, with_secrets=True)
    if message is None:
        raise LookupError(message_id)
    return message, missions.mission(message.mission_id) if message.mission_id else None
