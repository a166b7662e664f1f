"""The words of mails: written by the office, checked, kept by version, and read by whoever writes."""

from collections.abc import Callable
from typing import Any

import pytest

from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.notifications import actions, queries
from cordee.notifications.facts import MailWordsChanged
from cordee.notifications.mails import MAILS, Mail, Purpose
from cordee.notifications.models import Wording
from cordee.notifications.rules import Words
from cordee.notifications.states import MailRule, Timing
from tests.cast import Cast
from tests.notifications.letters import last
from tests.refusals import refused
from tests.steps import enrol, plan, told

OURS = Words("Venez le {day} !", "Bonjour {first_name},\n\n{organisation} vous attend.\n\n{instructions}")
ANA = "ana@valmont.example"
type Settle = Callable[[], None]


def change(words: Words = OURS, purpose: Mail = Purpose.JOINING, **values: Any) -> None:
    given: dict[str, Any] = {"language": "fr", "expected_version": None, "by": COMMAND}
    actions.change_words(purpose=purpose, words=words, **(given | values))


def test_mails_take_the_words_of_the_office(cast: Cast, settle: Settle) -> None:
    change()
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    assert last(ANA).subject == "Venez le jeudi 14 janvier 2027 !"
    assert last(ANA).text.startswith(
        "Bonjour Ana,\n\nCordée Formation vous attend.\n\nEntrée par la cour, badge à l’accueil.\n\n"
    )
    assert told(MailWordsChanged)[0]["purpose"] == "joining"
    (english,) = plan(cast, language="en")
    enrol(cast, english, "Bo")
    settle()
    assert last("bo@valmont.example").subject.startswith("Your joining instructions"), (
        "each language has its own"
    )


def test_what_waits_takes_the_new_words(cast: Cast, settle: Settle) -> None:
    rule = MailRule(amount=30, timing=Timing.MINUTES_LATER)
    actions.set_rules(wanted={Purpose.JOINING: rule}, expected_version=None, by=COMMAND)
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    change()
    settle()
    assert (last(ANA).subject, last(ANA).state) == ("Venez le jeudi 14 janvier 2027 !", "queued")
    assert Message.objects.filter(to_email=ANA).count() == 1


def test_nothing_that_is_written_there_is_markup(cast: Cast, settle: Settle) -> None:
    change(Words("<b>Venez</b>", "<script>alert(1)</script> & {first_name}"))
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    settle()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Ana" in last(ANA).html
    assert "&lt;b&gt;Venez&lt;/b&gt;" in last(ANA).html
    assert "<script>alert(1)</script> & Ana" in last(ANA).text


def test_every_version_is_kept_and_can_be_taken_again(cast: Cast) -> None:
    change(by=cast.actor(cast.olga))
    other = Words("Convocation", "Bonjour {first_name}")
    change(other)
    actions.back_to_default(purpose=Purpose.JOINING, language="fr", by=COMMAND)
    assert queries.words(Purpose.JOINING, "fr") == queries.default_words(Purpose.JOINING, "fr")
    actions.take_version(purpose=Purpose.JOINING, language="fr", version=1, by=COMMAND)
    assert queries.words(Purpose.JOINING, "fr") == OURS
    found = queries.versions(Purpose.JOINING, "fr")
    assert [(v.version, v.is_default, v.in_force) for v in found] == [
        (4, False, True),
        (3, True, False),
        (2, False, False),
        (1, False, False),
    ]
    assert found[-1].user_id == cast.olga.pk
    assert queries.words_of_version(found[2]) == other


def test_what_changes_nothing_is_no_version(db: None) -> None:
    change(queries.default_words(Purpose.JOINING, "fr"))
    actions.back_to_default(purpose=Purpose.JOINING, language="fr", by=COMMAND)
    change()
    change(Words("  Venez le { day } !", OURS.body.replace("\n", "\r\n") + "  \r\n"))
    assert Wording.objects.count() == 1


def test_the_second_of_two_editors_is_told(db: None) -> None:
    change(expected_version=0)
    with refused("changed_meanwhile"):
        change(Words("Autre", "Autre"), expected_version=0)
    change(Words("Autre", "Autre"), expected_version=1)


@pytest.mark.parametrize(
    ("words", "codes", "field"),
    [
        (Words("", "Bonjour"), ["empty"], "subject"),
        (Words("Convocation", " \n "), ["empty"], "body"),
        (Words("Convocation", "Bonjour {prenom}"), ["unknown_variable"], "body"),
        (Words("{reason} {first_nam}", "Bonjour"), ["unknown_variable"], "subject"),
        (Words("Convocation", "Bonjour {first_name"), ["unbalanced_braces"], "body"),
        (Words("Convocation", "Bonjour first_name}"), ["unbalanced_braces"], "body"),
        (Words("Convocation", "Bonjour {{first_name}}"), ["unbalanced_braces"], "body"),
        (Words("Convocation", "Bonjour {}"), ["unbalanced_braces"], "body"),
        (Words("Convocation", "{first_name.__class__}"), ["unbalanced_braces"], "body"),
        (Words("Convocation", "{first_name!r:>30}"), ["unbalanced_braces"], "body"),
        (Words("C" * 151, "Bonjour"), ["too_long"], "subject"),
    ],
)
def test_words_that_make_no_sense_are_refused_beside_their_field(
    db: None, words: Words, codes: list[str], field: str
) -> None:
    codes = codes * 2 if "{reason} " in words.subject else codes  # neither is one of a convocation
    with refused(*codes) as blockers:
        change(words)
    assert {b.field for b in blockers} == {field}
    assert all(b.fix for b in blockers)


def test_a_button_without_a_label_has_that_of_the_house(cast: Cast, settle: Callable[[], None]) -> None:
    change(Words("Répondre ?", "Bonjour", ""), Purpose.STAFFING_REQUEST)
    plan(cast, cast.noor)
    settle()
    assert ">Répondre</a>" in Message.objects.get(purpose=Purpose.STAFFING_REQUEST).html


def test_others_may_not_change_the_mails(cast: Cast) -> None:
    for person in (cast.farid, cast.quitterie, cast.camille):
        by = cast.actor(person)
        with refused("not_mail_editor"):
            change(by=by)
        with refused("not_mail_editor"):
            actions.back_to_default(purpose=Purpose.JOINING, language="fr", by=by)
        with refused("not_mail_editor"):
            actions.set_rules(wanted={}, expected_version=None, by=by)
    change(by=cast.actor(cast.ada))
    with refused("not_mail_editor"):
        actions.take_version(purpose=Purpose.JOINING, language="fr", version=1, by=cast.actor(cast.farid))


def test_every_default_could_be_saved_as_it_is(db: None) -> None:
    for purpose in MAILS.values():
        for language in queries.LANGUAGES:
            change(queries.default_words(purpose, language), purpose, language=language)
    assert Wording.objects.count() == 0
