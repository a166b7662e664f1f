"""A page in French says nothing in English, and a page in English nothing in French."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.catalogue.models import Questionnaire
from cordee.catalogue.states import QuestionKind
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolment_queries
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.steps import people_in
from tests.surveys.asking import answer, asked_by
from tools import translations as tool

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
WORD = re.compile(r"[^\W\d_]{3,}")
SAID_IN = {"alt", "aria-label", "placeholder", "title"}

LANGUAGES = {"Français", "English"}
"""The switch names each language in itself."""

OFFICE = ["office_todo", "missions", "clients", "catalogue", "people", "fee_requests", "mails"]
OFFICE += ["mail_settings"]
OFFICE += [
    "new_questionnaire",
    "new_client",
    "new_order",
    "new_service",
    "new_fee_schedule",
    "invite_facilitator",
]
SETTINGS = ["organisation", "invite_colleague", "my_account"]
OWN = ["my_work", "my_missions", "my_sessions", "my_fees"]
OF_MISSION = ["mission", "plan", "mission_timeline", "mission_fees", "mission_mails"]
OF_SESSION = ["session", "change_session", "presence", "session_mails", "enrol", "session_group"]
OF_QUESTIONNAIRE = ["questionnaire", "questionnaire_preview"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_speak_one_language(  # noqa: PLR0917 - fixtures and one parameter
    cast: Cast, client: Client, now: Any, settle: Callable[[], None], settings: Any, language: str
) -> None:
    settings.DEMO = True
    User.objects.update(language=language)
    session = halfway(cast, now, settle, language)
    client.cookies["django_language"] = language
    foreign = said_otherwise_than_in(language)
    mixed = {}
    for user, address in addresses(cast, session):
        client.force_login(User.objects.get(pk=user.pk))
        answer = client.get(address)
        assert answer.status_code == 200, address
        said = {text for text in texts(answer.content.decode()) if text not in LANGUAGES}
        if found := sorted(text for text in said if foreign.fullmatch(text)):
            mixed[address] = found
    assert mixed == {}


def halfway(cast: Cast, now: Any, settle: Callable[[], None], language: str) -> Session:
    """Two sessions: one over, with its people; one to come."""
    camille = cast.actor(cast.camille)
    version = asked_by(cast.workshop)
    over, _to_come = (
        planning.plan_sessions(
            mission_id=cast.mission.pk,
            line_id=cast.line.pk,
            draft=draft(title=title, place="Maison de quartier", language=language),
            count=1,
            facilitator_ids=[person.pk],
            by=camille,
        )[0]
        for title, person in (("Groupe vert", cast.camille), ("Groupe bleu", cast.noor))
    )
    pasted = people_in("Amina Diallo <amina@valmont.example>\nLéo Petit <leo@valmont.example>")
    enrolment.enrol(session_id=over.pk, people=pasted, by=camille)
    for person in enrolment_queries.enrolments(over.pk):
        answer(person, version)
    settle()
    now.move_to("2027-01-14 12:30")
    people = {e.pk: PresenceState.PRESENT for e in enrolment_queries.enrolments(over.pk)}
    attendance.record_presence(half_day_id=over.half_days.get().pk, states=people, by=COMMAND)
    settle()
    return over


def addresses(cast: Cast, session: Session) -> Iterator[tuple[User, str]]:
    """Who opens which page."""
    for name in OWN:
        yield cast.camille.user, reverse(name)
    for name in OF_MISSION:
        yield cast.camille.user, reverse(name, args=[cast.mission.ref])
    for name in OF_SESSION:
        yield cast.camille.user, reverse(name, args=[session.ref])
    for name in OFFICE:
        yield cast.olga, reverse(name)
    for name in OF_QUESTIONNAIRE:
        yield cast.olga, reverse(name, args=[Questionnaire.objects.get().pk])
    for kind in QuestionKind:
        yield cast.olga, reverse("new_question", args=[Questionnaire.objects.get().pk, kind])
    yield cast.olga, reverse("change_service", args=[cast.workshop.pk])
    yield cast.olga, reverse("client", args=[cast.valmont.pk])
    yield cast.olga, reverse("order", args=[cast.mission.order.ref])
    yield cast.olga, reverse("mail_words", args=["reminder", User.objects.get(pk=cast.olga.pk).language])
    for name in SETTINGS:
        yield cast.ada, reverse(name)


def said_otherwise_than_in(language: str) -> re.Pattern[str]:
    """A pattern for every message as only the other language says it."""
    english: set[str] = set()
    french: set[str] = set()
    for message in tool.read():
        if message.id:
            english.update(tool._all(message.id))
            french.update(tool._all(message.string))
    theirs = english - french if language == "fr" else french - english
    return re.compile("|".join(sorted(pattern_of(text) for text in theirs if telling(text))))


def telling(text: str) -> bool:
    """Whether a text has words of its own, enough not to be taken for another."""
    return len("".join(WORD.findall(PLACEHOLDER.sub(" ", text)))) > 4


def pattern_of(text: str) -> str:
    return ".+".join(re.escape(part) for part in PLACEHOLDER.split(text))


def texts(html: str) -> list[str]:
    """What a page says, piece by piece."""
    reader = Reader()
    reader.feed(html)
    return [" ".join(text.split(" ")) for text in reader.said if text]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent = tag in {"script", "style"}
        self.said += [value.strip() for name, value in attributes if name in SAID_IN and value]

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data.strip())
