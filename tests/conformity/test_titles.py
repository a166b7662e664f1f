"""Titles of sessions compared with what was ordered."""

import pytest

from cordee.conformity.rules.titles import are_about_other_things

SERVICE = "Atelier de 3 h"


@pytest.mark.parametrize(
    ("title", "order"),
    [
        ("Atelier climat", "Quatre ateliers climat en parallèle"),
        ("Atelier", "4 ateliers en parallèle"),
        ("Formation à l’animation", "Former les relais internes : formation à l’animation"),
        ("ATELIER MOBILITES", "Deux ateliers mobilité"),
        ("Atelier numérique responsable", "Atelier numérique"),
        ("Climate workshop", "Ateliers climat"),
        ("Atelier climat", "Formation"),
        ("Atelier climat", ""),
    ],
)
def test_the_same_thing(title: str, order: str) -> None:
    assert not are_about_other_things(title, (order, SERVICE))


@pytest.mark.parametrize(
    ("title", "order"),
    [
        ("Atelier eau", "Deux ateliers climat"),
        ("Conférence climat", "Semaine des transitions : ateliers et conférence"),
        ("Atelier management", "Atelier biodiversité"),
    ],
)
def test_another_thing(title: str, order: str) -> None:
    assert are_about_other_things(title, (order, SERVICE))
