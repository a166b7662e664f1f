"""The notice on personal data: the organisation's words, or those of the house."""

import pytest
from django.test import Client
from django.urls import reverse

from cordee.kernel.actor import COMMAND
from cordee.organisation import actions
from cordee.organisation.rules import OrganisationChanges
from tests.cast import Cast

PATH = reverse("privacy_notice")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Who holds your data", "Cordée Formation", "six years", "Your rights", "cnil.fr")),
        ("fr", ("Qui détient vos données", "Cordée Formation", "six ans", "Vos droits", "cnil.fr")),
    ],
)
def test_without_words_of_its_own_the_house_has_some(
    cast: Cast, client: Client, language: str, told: tuple[str, ...]
) -> None:
    page = client.get(PATH, headers={"accept-language": language}).text
    for words in told:
        assert words in page
    assert "bonjour@cordee-formation.example" in page
    assert "# " not in page.split("<main")[1].split("</main")[0]


def test_the_organisation_writes_its_own_for_each_language(cast: Cast, client: Client) -> None:
    words = "# Chez nous\r\nRien <b>n’est</b> gardé.\r\n\r\nÉcrivez-nous."
    actions.update(changes=OrganisationChanges(privacy_notice_fr=words), expected_version=None, by=COMMAND)
    page = client.get(PATH, headers={"accept-language": "fr"}).text
    assert "<h2>Chez nous</h2>" in page
    assert "Rien &lt;b&gt;n’est&lt;/b&gt; gardé." in page
    assert "<p>Écrivez-nous.</p>" in page
    assert "Who holds your data" in client.get(PATH, headers={"accept-language": "en"}).text
