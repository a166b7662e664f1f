"""Somebody at a page: logged in, reading English."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cordee.accounts.models import User
from cordee.network.models import Facilitator
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft


@dataclass
class Visitor:
    """Somebody logged in."""

    client: Client

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[:2000])
        return answer.content.decode()

    def post(self, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
        return self.client.post(path, data or {})

    def refused(self, path: str, data: dict[str, Any] | None = None) -> str:
        """Post something that is shown again with what is wrong."""
        answer = self.client.post(path, data or {})
        assert answer.status_code == 422, (answer.status_code, answer.headers.get("Location"))
        return answer.content.decode()

    def follow(self, path: str, data: dict[str, Any] | None = None) -> str:
        """Post something and land on the page that follows."""
        answer = self.client.post(path, data or {}, follow=True)
        assert answer.redirect_chain, answer.content.decode()[:3000]
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def come(db: None) -> Callable[[User | Facilitator], Visitor]:
    """Return a way to sit somebody down at a browser."""

    def visitor(person: User | Facilitator) -> Visitor:
        user = person.user if isinstance(person, Facilitator) else person
        User.objects.filter(pk=user.pk).update(language="en")
        client = Client()
        client.force_login(user)
        return Visitor(client)

    return visitor


@pytest.fixture
def camille(cast: Cast, come: Callable[[Any], Visitor]) -> Visitor:
    """The coordinator of the mission."""
    return come(cast.camille)


@pytest.fixture
def olga(cast: Cast, come: Callable[[Any], Visitor]) -> Visitor:
    """Operations."""
    return come(cast.olga)


@pytest.fixture
def elodie(cast: Cast, come: Callable[[Any], Visitor]) -> Visitor:
    """A facilitator, put on the third of the `sessions`."""
    return come(cast.elodie)


@pytest.fixture
def sessions(cast: Cast) -> list[Session]:
    """Return four workshops in parallel on Thursday 14 January 2027, with one facilitator each."""
    return planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        count=4,
        facilitator_ids=[f.pk for f in (cast.camille, cast.noor, cast.elodie, cast.idris)],
        by=cast.actor(cast.camille),
    )
