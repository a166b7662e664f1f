"""Time zones as people name them."""

import pytest

from cordee.kernel import zones


@pytest.fixture
def at_home_in_reunion() -> object:
    zones.live_in("Indian/Reunion")
    yield
    zones.live_in(zones.DEFAULT)


@pytest.mark.parametrize(
    ("zone", "french", "english"),
    [
        ("Europe/Paris", "heure de Paris", "Paris time"),
        ("Indian/Reunion", "heure de La Réunion", "Réunion time"),
        ("America/Guadeloupe", "heure de Guadeloupe", "Guadeloupe time"),
        ("America/Montreal", "heure de Montréal", "Montreal time"),
        ("Pacific/Noumea", "heure de Nouméa", "Noumea time"),
        ("Europe/Athens", "heure d’Athènes", "Athens time"),
        ("America/New_York", "heure de New York", "New York time"),
    ],
)
def test_a_zone_has_a_name_that_people_read(zone: str, french: str, english: str) -> None:
    assert zones.zone_text(zone, "fr") == french
    assert zones.zone_text(zone, "en") == english
    assert all("/" not in zones.zone_text(offered, "fr") for offered in zones.OFFERED)


def test_the_zone_of_the_organisation_goes_without_saying() -> None:
    assert zones.zone_elsewhere("Europe/Paris", "fr") == ""
    assert zones.zone_elsewhere("Indian/Reunion", "fr") == "heure de La Réunion"


@pytest.mark.usefixtures("at_home_in_reunion")
def test_an_organisation_may_live_elsewhere() -> None:
    assert zones.home() == "Indian/Reunion"
    assert zones.zone_elsewhere("Indian/Reunion", "fr") == ""
    assert zones.zone_elsewhere("Europe/Paris", "fr") == "heure de Paris"


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("12 rue des Bons-Enfants, 97410 Saint-Pierre", "Indian/Reunion"),
        ("97100", "America/Guadeloupe"),
        ("98800 Nouméa", "Pacific/Noumea"),
        ("75011 Paris", ""),
        ("9 741 personnes", ""),
        ("", ""),
    ],
)
def test_a_postcode_overseas_tells_its_zone(address: str, zone: str) -> None:
    assert zones.zone_of_place(address) == zone
