"""Logging in: by a code or by password, without telling strangers who has an account."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.tasks import default_task_backend
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.accounts import actions as accounts
from cordee.accounts.models import Knock, User
from cordee.kernel.actor import COMMAND
from cordee.mail import queries as mail
from cordee.mail.models import Message
from cordee.web.entrance import letters
from tests.cast import Cast

PASSWORD = "quatre ateliers en parallèle"
UNKNOWN = "nobody@cordee-formation.example"


@pytest.fixture(autouse=True)
def no_attempt_yet() -> None:
    cache.clear()


@pytest.fixture
def visitor(cast: Cast) -> Client:
    """Return somebody at the door who reads English."""
    return Client(headers={"accept-language": "en"})


def ask_for_a_code(client: Client, email: str, **more: str) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": email, **more})


def code_sent_to(email: str) -> str:
    letters.answer_all()
    message = Message.objects.filter(to_email=email, purpose="login_code").latest("pk")
    found = re.search(r"^[A-Z0-9]{4}-?[A-Z0-9]{2,4}$", message.text, re.MULTILINE)
    assert found, message.text
    return found[0]


def type_in(client: Client, code: str, **more: str) -> Any:
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more})


def by_password(client: Client, email: str, password: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def set_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def same_for_all(page: str, *words: str) -> str:
    """Return a page without what differs between any two visits."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"', "", page)
    for word in words:
        page = page.replace(word, "ADDRESS")
    return page


def test_the_first_step_is_an_address_and_the_password_comes_second(visitor: Client) -> None:
    page = visitor.get(reverse("account_login")).text
    assert page.index("Send me a code") < page.index("Log in with a password")
    assert '<details class="card fold">' in page


def test_a_code_by_mail_opens_the_house(cast: Cast, visitor: Client) -> None:
    asked = ask_for_a_code(visitor, "olga@cordee-formation.example")
    assert asked.headers["Location"] == reverse("account_confirm_login_code")
    entered = type_in(visitor, code_sent_to("olga@cordee-formation.example"))
    assert entered.headers["Location"] == "/"
    assert is_in(visitor)


def test_the_case_of_the_address_does_not_matter(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, " Olga@Cordee-Formation.example")
    type_in(visitor, code_sent_to("olga@cordee-formation.example").lower())
    assert is_in(visitor)


def test_one_arrives_where_one_wanted_to_go(cast: Cast, visitor: Client) -> None:
    door = visitor.get("/my/fees/").headers["Location"]
    assert 'name="next" value="/my/fees/"' in visitor.get(door).text
    asked = ask_for_a_code(visitor, cast.idris.user.email, next="/my/fees/")
    assert 'name="next" value="/my/fees/"' in visitor.get(asked.headers["Location"]).text
    entered = type_in(visitor, code_sent_to(cast.idris.user.email), next="/my/fees/")
    assert entered.headers["Location"] == "/my/fees/"


def test_nobody_is_led_elsewhere(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, cast.idris.user.email, next="https://evil.example/")
    entered = type_in(visitor, code_sent_to(cast.idris.user.email), next="https://evil.example/")
    assert entered.headers["Location"] == "/"


def test_the_mail_with_the_code_is_in_our_words_and_in_the_readers_language(
    cast: Cast, visitor: Client
) -> None:
    accounts.set_language(user_id=cast.olga.pk, language="en")
    ask_for_a_code(visitor, cast.olga.email)
    letters.answer_all()
    message = Message.objects.get(purpose="login_code")
    assert message.subject == "Your code to log in at Cordée Formation"
    assert message.text.startswith("Hello Olga,")
    assert "Never give it to anybody" in message.text
    assert code_sent_to(cast.olga.email) in message.html
    assert message.reply_to == "bonjour@cordee-formation.example"
    accounts.set_language(user_id=cast.olga.pk, language="fr")
    ask_for_a_code(Client(headers={"accept-language": "en"}), cast.olga.email)
    letters.answer_all()
    assert Message.objects.filter(purpose="login_code").latest("pk").language == "fr"


def test_a_code_is_nobody_elses_to_read(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, cast.ada.email)
    letters.answer_all()
    message = Message.objects.get(purpose="login_code")
    assert message not in mail.messages()
    assert mail.message(message.pk) is None
    assert mail.message(message.pk, with_secrets=True) == message


def test_every_code_leaves_even_for_a_very_long_address(cast: Cast, visitor: Client) -> None:
    email = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.example"
    User.objects.filter(pk=cast.olga.pk).update(email=email)
    ask_for_a_code(visitor, email)
    ask_for_a_code(Client(), email)
    letters.answer_all()
    assert Message.objects.filter(purpose="login_code").count() == 2


def test_a_wrong_code_is_refused_with_help_and_three_start_again(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, cast.olga.email)
    assert "This is not the code we sent last" in type_in(visitor, "WRONG").text
    type_in(visitor, "WRONG")
    third = visitor.post(reverse("account_confirm_login_code"), {"code": "WRONG"}, follow=True)
    assert "tried too often" in third.text
    assert "Send me a code" in third.text
    type_in(visitor, code_sent_to(cast.olga.email))
    assert not is_in(visitor)


def test_one_can_start_again_with_another_address(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, "olag@cordee-formation.example")
    page = visitor.get(reverse("account_confirm_login_code")).text
    assert "Start again" in page
    visitor.post(reverse("account_logout"), {"next": reverse("account_login")})
    assert "Send me a code" in visitor.get(reverse("account_login")).text


def test_an_unknown_address_looks_the_same(cast: Cast) -> None:
    pages = []
    for email in (cast.olga.email, UNKNOWN):
        client = Client(headers={"accept-language": "en"})
        asked = ask_for_a_code(client, email)
        page = client.get(asked.headers["Location"])
        wrong = type_in(client, "WRONG")
        pages.append(
            (
                asked.status_code,
                asked.headers["Location"],
                sorted(client.cookies),
                same_for_all(page.text, email),
                wrong.status_code,
                same_for_all(wrong.text, email),
            )
        )
    assert pages[0] == pages[1]
    letters.answer_all()
    assert not Message.objects.filter(to_email=UNKNOWN).exists()


def test_a_wrong_password_tells_no_more_than_an_unknown_address(cast: Cast) -> None:
    set_password(cast.olga)
    pages = []
    for email in (cast.olga.email, cast.farid.email, UNKNOWN):
        refused = by_password(Client(headers={"accept-language": "en"}), email, "not the password")
        assert refused.status_code == 422
        assert "do not go together" in refused.text
        pages.append(same_for_all(refused.text, email))
    assert len(set(pages)) == 1


def test_a_forgotten_password_tells_no_more_either(cast: Cast) -> None:
    pages = []
    for email in (cast.olga.email, UNKNOWN):
        answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        pages.append((answer.redirect_chain, same_for_all(answer.text, email)))
    assert pages[0] == pages[1]


def test_a_password_opens_the_house_too(cast: Cast, visitor: Client) -> None:
    set_password(cast.olga)
    assert by_password(visitor, cast.olga.email, PASSWORD).headers["Location"] == "/"
    assert is_in(visitor)


def test_what_was_typed_is_not_lost_and_the_password_part_stays_open(cast: Cast, visitor: Client) -> None:
    refused = by_password(visitor, "olga@cordee-formation.example", "nope").text
    assert '<details class="card fold" open>' in refused
    assert 'value="olga@cordee-formation.example"' in refused
    assert "nope" not in refused


def test_an_address_that_is_none_is_said_beside_the_field(cast: Cast, visitor: Client) -> None:
    refused = ask_for_a_code(visitor, "olga")
    assert refused.status_code == 422
    assert 'value="olga"' in refused.text
    assert 'aria-invalid="true"' in refused.text


def test_somebody_suspended_is_told_once_the_address_is_proven(cast: Cast, visitor: Client) -> None:
    accounts.suspend(user_id=cast.farid.pk, by=COMMAND)
    ask_for_a_code(visitor, cast.farid.email)
    answer = visitor.post(
        reverse("account_confirm_login_code"), {"code": code_sent_to(cast.farid.email)}, follow=True
    )
    assert "This account is closed" in answer.text
    assert "bonjour@cordee-formation.example" in answer.text
    assert not is_in(visitor)
    # Nothing hangs on: the door shows the first step again.
    assert "Send me a code" in visitor.get(reverse("account_login")).text


def test_an_account_past_its_last_day_stays_outside(cast: Cast, visitor: Client, now: Any) -> None:
    auditor = accounts.create_account(
        email="audit@certif.example", first_name="Iris", last_name="Bonnet", ends_on=date(2027, 1, 10)
    )
    set_password(auditor)
    assert by_password(visitor, auditor.email, PASSWORD).headers["Location"] == "/"
    now.move_to("2027-01-11 09:00")
    assert not is_in(visitor)
    later = Client(headers={"accept-language": "en"})
    answer = later.post(reverse("account_login"), {"login": auditor.email, "password": PASSWORD}, follow=True)
    assert "This account is closed" in answer.text
    ask_for_a_code(later, auditor.email)
    assert (
        "This account is closed"
        in later.post(
            reverse("account_confirm_login_code"), {"code": code_sent_to(auditor.email)}, follow=True
        ).text
    )
    assert not is_in(later)


def test_suspending_ends_what_is_open(cast: Cast, client: Client) -> None:
    client.force_login(cast.farid)
    assert is_in(client)
    accounts.suspend(user_id=cast.farid.pk, by=COMMAND)
    assert not is_in(client)


def test_too_many_codes_for_one_address_are_refused_with_help(cast: Cast) -> None:
    answers = [ask_for_a_code(Client(headers={"accept-language": "en"}), cast.olga.email) for _ in range(4)]
    assert [a.status_code for a in answers] == [302, 302, 302, 429]
    assert "ask again in 1 minute" in answers[-1].text
    assert "log in with your password" in answers[-1].text
    assert "bonjour@cordee-formation.example" in answers[-1].text
    assert f'value="{cast.olga.email}"' in answers[-1].text
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    letters.answer_all()
    assert Message.objects.filter(purpose="login_code").count() == 3


def test_the_limit_says_nothing_about_who_exists(cast: Cast) -> None:
    for email in (cast.olga.email, UNKNOWN):
        cache.clear()
        assert [ask_for_a_code(Client(), email).status_code for _ in range(4)] == [302, 302, 302, 429]


@pytest.mark.parametrize(("window", "most", "wait"), [("h", 8, "51 minutes"), ("d", 20, "21 hours")])
def test_nobodys_mailbox_is_filled_in_an_hour_or_a_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, window: str, most: int, wait: str
) -> None:
    """Codes and new passwords together, from wherever they are asked."""
    asked = 0

    def a_little_later() -> (
        float
    ):  # each from another place, after the minute, and for the day after the hour
        return 1_800_000_000.0 + asked * {"h": 70, "d": 600}[window]

    monkeypatch.setattr("time.time", a_little_later)
    statuses = []
    for asked in range(most + 1):
        client = Client(REMOTE_ADDR=f"10.0.0.{asked}", headers={"accept-language": "en"})
        if asked % 2:
            answer = client.post(reverse("account_reset_password"), {"email": cast.olga.email})
        else:
            answer = ask_for_a_code(client, cast.olga.email)
        statuses.append(answer.status_code)
    assert statuses == [302] * most + [429]
    assert f"ask again in {wait}" in answer.text


def test_strangers_cannot_keep_out_who_logged_in_from_here_before(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, cast.olga.email)
    type_in(visitor, code_sent_to(cast.olga.email))
    visitor.post(reverse("account_logout"))
    strangers = [ask_for_a_code(Client(), cast.olga.email).status_code for _ in range(4)]
    assert strangers[-1] == 429
    assert ask_for_a_code(visitor, cast.olga.email).status_code == 302
    type_in(visitor, code_sent_to(cast.olga.email))
    assert is_in(visitor)
    assert cast.olga.email not in str(visitor.cookies), "the browser does not tell whose it is"


def test_a_browser_known_for_one_is_a_stranger_for_others(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, cast.olga.email)
    type_in(visitor, code_sent_to(cast.olga.email))
    visitor.post(reverse("account_logout"))
    for _ in range(3):
        ask_for_a_code(Client(), cast.farid.email)
    assert ask_for_a_code(visitor, cast.farid.email).status_code == 429


@pytest.mark.parametrize("door", ["account_request_login_code", "account_reset_password"])
def test_until_the_answer_the_same_is_done_for_known_and_unknown_addresses(cast: Cast, door: str) -> None:
    """The same statements and the same work for later: the time an answer takes tells nothing."""
    accounts.suspend(user_id=cast.farid.pk, by=COMMAND)
    done = []
    for email in (cast.olga.email, cast.farid.email, UNKNOWN):
        client = Client()
        client.get(reverse("account_login"))
        default_task_backend.clear()
        with CaptureQueriesContext(connection) as statements:
            client.post(reverse(door), {"email": email})
        tasks = [(result.task.name, result.args) for result in default_task_backend.results]
        assert tasks == [("answer_knocks", [])]
        done.append([re.sub(r"'[^']*'|[0-9]+", "?", q["sql"]) for q in statements])
        assert not Message.objects.exists()
    assert done[0] == done[1] == done[2]
    assert not any("accounts_user" in statement for statement in done[0])


def test_a_code_answered_too_late_to_be_of_use_is_not_sent(cast: Cast, visitor: Client, now: Any) -> None:
    ask_for_a_code(visitor, cast.olga.email)
    now.move_to("2027-01-04 12:16")
    letters.answer_all()
    assert not Message.objects.exists()
    assert not Knock.objects.exists(), "no address is kept once it is answered"


def test_answered_twice_one_mail_leaves(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, cast.olga.email)
    [knock] = Knock.objects.all()
    letters.answer_all()
    Knock.objects.bulk_create([knock])
    letters.answer_all()
    assert Message.objects.filter(purpose="login_code").count() == 1


def test_a_code_that_nobody_was_sent_opens_nothing(cast: Cast, visitor: Client) -> None:
    ask_for_a_code(visitor, UNKNOWN)
    guessed = type_in(visitor, Knock.objects.get().code)
    assert guessed.status_code == 200
    assert "This is not the code we sent last" in guessed.text
    assert not is_in(visitor)


def test_too_many_wrong_passwords_are_refused(cast: Cast, visitor: Client) -> None:
    set_password(cast.olga)
    for _ in range(5):
        by_password(visitor, cast.olga.email, "wrong")
    refused = by_password(visitor, cast.olga.email, PASSWORD)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "300"
    assert "Wait a few minutes" in refused.text
    assert not is_in(visitor)


def test_a_rain_of_attempts_gets_a_page_that_helps(cast: Cast, visitor: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    for _ in range(2):
        by_password(visitor, "a@b.example", "wrong")
    refused = by_password(visitor, "a@b.example", "wrong")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert "Wait a minute, then try again" in refused.text
    assert reverse("account_login") in refused.text


def test_the_readers_own_language_comes_with_the_log_in(cast: Cast) -> None:
    accounts.set_language(user_id=cast.olga.pk, language="en")
    client = Client(headers={"accept-language": "fr"})
    ask_for_a_code(client, cast.olga.email)
    entered = type_in(client, code_sent_to(cast.olga.email))
    assert entered.cookies["django_language"].value == "en"
    assert '<html lang="en"' in client.get("/me/").text


def test_who_is_in_is_led_home_from_the_door(cast: Cast, client: Client) -> None:
    client.force_login(cast.olga)
    assert client.get(reverse("account_login")).headers["Location"] == "/"
    assert client.get(reverse("account_request_login_code")).headers["Location"] == "/"


def test_leaving_takes_a_form(cast: Cast, client: Client) -> None:
    accounts.set_language(user_id=cast.olga.pk, language="en")
    client.force_login(cast.olga)
    assert "Do you want to leave?" in client.get(reverse("account_logout")).text
    assert is_in(client)
    left = client.post(reverse("account_logout"), follow=True)
    assert "You are logged out." in left.text or "déconnect" in left.text
    assert not is_in(client)


def test_a_password_is_set_then_changed(cast: Cast, client: Client) -> None:
    accounts.set_language(user_id=cast.olga.pk, language="en")
    client.force_login(cast.olga)
    assert client.get(reverse("account_change_password")).headers["Location"] == reverse(
        "account_set_password"
    )
    page = client.get(reverse("account_set_password")).text
    assert "Codes by e-mail go on working." in page
    short = client.post(reverse("account_set_password"), {"password1": "short", "password2": "short"})
    assert "at least 12 characters" in short.context["form"].errors["password1"][0]
    done = client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    assert done.headers["Location"] == "/me/"
    assert "Your password is saved." in client.get("/me/").text
    assert reverse("account_change_password") in client.get("/me/").text
    sent = {"oldpassword": "wrong", "password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    assert "not your present password" in client.post(reverse("account_change_password"), sent).text
    sent["oldpassword"] = PASSWORD
    assert client.post(reverse("account_change_password"), sent).headers["Location"] == "/me/"
    assert by_password(Client(), cast.olga.email, PASSWORD + "!").status_code == 302


def test_a_forgotten_password_is_chosen_anew_through_the_mail(cast: Cast, visitor: Client) -> None:
    accounts.set_language(user_id=cast.olga.pk, language="en")
    set_password(cast.olga)
    visitor.post(reverse("account_reset_password"), {"email": cast.olga.email})
    letters.answer_all()
    message = Message.objects.get(purpose="password_reset_key")
    assert message.subject == "Choose a new password at Cordée Formation"
    found = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", message.text)
    assert found
    assert found[1] in message.html
    form = visitor.get(found[1], follow=True)
    new = {"password1": PASSWORD + " encore", "password2": PASSWORD + " encore"}
    done = visitor.post(form.redirect_chain[-1][0], new, follow=True)
    assert "Your new password is saved" in done.text
    assert by_password(visitor, cast.olga.email, PASSWORD + " encore").status_code == 302
    again = Client(headers={"accept-language": "en"}).get(found[1], follow=True)
    assert "This link no longer works" in again.text
    assert mail.message(message.pk) is None


def test_accounts_are_by_invitation(cast: Cast, visitor: Client) -> None:
    for answer in (
        visitor.get("/account/signup/"),
        visitor.post("/account/signup/", {"email": "me@me.example"}),
    ):
        assert "Accounts are by invitation" in answer.text
    assert not User.objects.filter(email="me@me.example").exists()


@pytest.mark.parametrize(
    "path",
    ["/account/email/", "/account/confirm-email/", "/account/confirm-email/abc/", "/account/reauthenticate/"],
)
def test_pages_we_do_not_offer_lead_to_ones_own_account(cast: Cast, client: Client, path: str) -> None:
    assert client.get(path).headers["Location"] == "/me/"
    client.force_login(cast.olga)
    answer = client.post(path, {"email": "other@other.example", "action_add": ""}, follow=True)
    assert answer.redirect_chain == [("/me/", 302)]
    cast.olga.refresh_from_db()
    assert cast.olga.email == "olga@cordee-formation.example"
