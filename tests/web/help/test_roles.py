"""Who does what is asked of the rules: another rule is another table."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cordee.kernel.permissions import ROLES, Permission, Role
from cordee.web.help.articles import articles
from cordee.web.help.roles import COLUMNS, DEEDS, come_through, table
from tests.cast import Cast

EXPECTED = {
    "See the mission": {"coordinator", "operations", "finance", "quality", "administrator"},
    "Plan, move and cancel sessions": {"coordinator", "operations"},
    "Answer a request to run a session, or set the answer": {"coordinator", "facilitator", "operations"},
    "Give the names of participants": {"coordinator", "operations", "contact", "participant"},
    "Sign for oneself": {"participant"},
    "Have people sign, record presence, deposit the signed paper": {
        "coordinator",
        "facilitator",
        "operations",
    },
    "Countersign the half-day": {"facilitator"},
    "Confirm a session of a school without a list": {"contact"},
    "Submit the sheet to quality": {"coordinator", "facilitator", "operations", "quality"},
    "Accept or refuse the sheet": {"quality"},
    "Answer a survey": {"facilitator", "contact", "participant"},
    "Accept an invoice made in one’s name, or contest it": {"coordinator", "facilitator"},
    "Approve or return the fees": {"finance"},
    "Sign the mandate, give the bank account": {"coordinator", "facilitator"},
    "Reopen a closed mission": {"operations"},
    "Tell a complaint, an incident or a difficulty": set(COLUMNS),
    "Change the settings of the organisation": {"administrator"},
}


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def who(label: str) -> set[str]:
    does = next(does for deed, does in table() if str(deed.label) == label)
    return {str(column) for column, yes in zip(COLUMNS, does, strict=True) if yes}


@pytest.mark.parametrize("label", sorted(EXPECTED))
def test_the_table_says_what_the_rules_say(*, label: str, in_english: None) -> None:
    assert who(label) == EXPECTED[label]


def test_another_right_is_another_table(*, in_english: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ROLES[Role.FINANCE]
    assert "finance" not in who("Accept or refuse the sheet")
    more = replace(before, permissions=before.permissions | {Permission.DECIDE_SHEETS})
    monkeypatch.setitem(ROLES, Role.FINANCE, more)
    assert who("Accept or refuse the sheet") == {"quality", "finance"}


def test_everything_is_done_by_somebody_and_leads_to_a_step_that_is_there() -> None:
    steps = {f"{article.key}#{step.key}" for article in articles("en") for step in article.steps}
    for deed, does in table():
        assert any(does), deed.label
        assert not deed.help or deed.help in steps
    assert all(come_through(page) for deed in DEEDS for page in deed.pages)


def test_the_page_tells_it_in_words(*, cast: Cast, client: Client) -> None:
    client.force_login(cast.noor.user)
    answer = client.get(reverse("help_roles")).text
    assert answer.count("<td data-l=") == len(DEEDS) * len(COLUMNS)
    assert 'href="/help/plan/#when"' in answer
