"""When mails leave and in which words: the pages of the office."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.kernel.actor import COMMAND
from cordee.notifications import actions, queries
from cordee.notifications.mails import Purpose
from cordee.notifications.rules import Words
from cordee.notifications.states import MailRule
from tests.cast import Cast
from tests.steps import enrol, plan

SETTINGS = reverse("mail_settings")
WORDS = reverse("mail_words", args=["joining", "fr"])
PREVIEW = reverse("mail_preview", args=["joining", "fr"])


def as_shown(**changes: Any) -> dict[str, Any]:
    """Return the form of the switches as a browser sends it; None leaves a box empty."""
    data: dict[str, Any] = {}
    for purpose, rule in queries.rules().items():
        data[f"enabled-{purpose}"] = "on" if rule.enabled else None
        data[f"amount-{purpose}"] = rule.amount
    return {name: value for name, value in (data | changes).items() if value is not None}


# --- switches -------------------------------------------------------------------------------------
def test_mails_are_switched_and_delayed_on_one_page(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    page = client.get(SETTINGS)
    for told in (
        "First reminder to a participant",
        "days before the session",
        "always",
        "To the coordinator",
    ):
        assert told in words(page)
    changes = {"enabled-reminder": None, "amount-list_asked": 12, "amount-joining": 30}
    assert client.post(SETTINGS, hidden(page) | as_shown(**changes)).status_code == 302
    rules = queries.rules()
    assert not rules[Purpose.REMINDER].enabled
    assert (rules[Purpose.LIST_ASKED].amount, rules[Purpose.JOINING].amount) == (12, 30)
    assert rules[Purpose.REMINDER_LAST] == MailRule(amount=1, timing=rules[Purpose.REMINDER_LAST].timing)


def test_a_bad_delay_is_told_beside_its_field(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.ada)
    refused = client.post(SETTINGS, hidden(client.get(SETTINGS)) | as_shown(**{"amount-reminder": 0}))
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"amount-reminder"}
    assert queries.rules()[Purpose.REMINDER].amount == 7


def test_the_second_editor_of_the_switches_is_told(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.ada)
    form = hidden(client.get(SETTINGS))
    rule = MailRule(amount=9, timing=queries.rules()[Purpose.REMINDER].timing)
    actions.set_rules(wanted={Purpose.REMINDER: rule}, expected_version=None, by=COMMAND)
    told = client.post(SETTINGS, form | as_shown(**{"amount-reminder": 6}))
    assert told.status_code == 422
    assert "On record now: 9" in words(told)
    assert client.post(SETTINGS, hidden(told) | as_shown(**{"amount-reminder": 6})).status_code == 302
    assert queries.rules()[Purpose.REMINDER].amount == 6


# --- words ----------------------------------------------------------------------------------------
def test_words_are_written_with_what_they_can_say_beside(
    cast: Cast, seat: Any, hidden: Any, words: Any
) -> None:
    client = seat(cast.olga)
    page = client.get(WORDS)
    for told in (
        "{first_name}",
        "the reader’s first name",
        "default words",
        "Nobody has changed these words",
    ):
        assert told in words(page)
    typed = {"subject": "Venez !", "body": "Bonjour {first_name}"}
    done = client.post(WORDS, hidden(page) | typed, follow=True)
    assert "The words are saved" in words(done)
    for told in ("Version 1", "Olga Petrov", "your words", "not used"):
        assert told in words(done)
    assert "your words" in words(client.get(SETTINGS))
    assert queries.words(Purpose.JOINING, "fr") == Words("Venez !", "Bonjour {first_name}")


def test_what_cannot_be_filled_is_refused_and_nothing_typed_is_lost(
    cast: Cast, seat: Any, hidden: Any
) -> None:
    client = seat(cast.olga)
    typed = {"subject": "Venez {", "body": "Bonjour {prenom}, à bientôt"}
    refused = client.post(WORDS, hidden(client.get(WORDS)) | typed)
    assert refused.status_code == 422
    errors = refused.context["form"].errors
    assert "A brace stands where no variable is." in errors["subject"][0]
    assert "“{prenom}” is not a variable of this mail." in errors["body"][0]
    assert "{first_name}" in errors["body"][0], "it says which there are"
    assert "Bonjour {prenom}, à bientôt" in refused.content.decode()


def test_the_second_editor_of_words_is_told(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    form = hidden(client.get(WORDS))
    actions.change_words(
        purpose=Purpose.JOINING,
        language="fr",
        words=Words("Venez !", "Bonjour {first_name}"),
        expected_version=None,
        by=COMMAND,
    )
    told = client.post(WORDS, form | {"subject": "Autre", "body": "Bonjour"})
    assert told.status_code == 422
    assert "On record now: Venez !" in words(told)


def test_an_earlier_version_is_looked_at_and_taken_again(cast: Cast, seat: Any, words: Any) -> None:
    for subject in ("Une", "Deux"):
        actions.change_words(
            purpose=Purpose.JOINING,
            language="fr",
            words=Words(subject, "Bonjour"),
            expected_version=None,
            by=COMMAND,
        )
    client = seat(cast.olga)
    version = reverse("mail_version", args=["joining", "fr", 1])
    assert "Une" in words(client.get(version))
    assert "Version 1 is in force again." in words(client.post(version, follow=True))
    assert queries.words(Purpose.JOINING, "fr").subject == "Une"
    client.post(reverse("mail_default", args=["joining", "fr"]))
    assert queries.words(Purpose.JOINING, "fr") == queries.default_words(Purpose.JOINING, "fr")
    assert "default words" in words(client.get(WORDS))


# --- as it would leave ----------------------------------------------------------------------------
def test_a_draft_is_shown_on_a_real_session_without_being_saved(
    cast: Cast, seat: Any, settle: Any, words: Any
) -> None:
    (session,) = plan(cast)
    enrol(cast, session, "Ana")
    client = seat(cast.olga)
    assert session.title in words(client.get(WORDS)), "it is offered"
    frame = client.get(PREVIEW)
    assert "Ana" in frame.content.decode()
    policy = frame["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy
    draft = {"subject": "Venez", "body": "<i>Chère</i> {first_name}", "session": session.ref}
    shown = client.post(PREVIEW, draft)
    assert "&lt;i&gt;Chère&lt;/i&gt; Ana" in shown.content.decode()
    text = client.post(PREVIEW, draft | {"as": "text"})
    assert "<pre>Venez\n\n&lt;i&gt;Chère&lt;/i&gt; Ana" in text.content.decode()
    assert queries.in_force(Purpose.JOINING, "fr") is None


def test_a_draft_that_cannot_be_filled_says_why(cast: Cast, seat: Any) -> None:
    plan(cast)
    client = seat(cast.olga)
    shown = client.post(PREVIEW, {"subject": "Venez", "body": "{prenom}"})
    assert shown.status_code == 422
    assert "is not a variable of this mail" in shown.content.decode()
    assert client.get(PREVIEW + "?session=S-1999-0001-A").status_code == 422


def test_without_any_session_there_is_nothing_to_show_it_on(cast: Cast, seat: Any, words: Any) -> None:
    client = seat(cast.olga)
    assert "Plan a session first" in words(client.get(WORDS))
    assert client.get(PREVIEW).status_code == 422


def test_the_page_of_words_costs_the_same_with_many_versions(cast: Cast, seat: Any) -> None:
    plan(cast, count=2)
    client = seat(cast.olga)
    client.get(WORDS)
    with CaptureQueriesContext(connection) as few:
        client.get(WORDS)
    for number in range(12):
        actions.change_words(
            purpose=Purpose.JOINING,
            language="fr",
            words=Words(f"Version {number}", "Bonjour"),
            expected_version=None,
            by=cast.actor(cast.olga),
        )
    with CaptureQueriesContext(connection) as lots:
        client.get(WORDS)
    assert len(lots) <= len(few) + 1 <= 12, "one more for the names"
