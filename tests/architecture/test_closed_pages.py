"""What heads a part of a page promises nothing on a closed mission: what was not done there will not be."""

import re
from typing import Any

from django.test import Client

from cordee.accounts.models import User
from cordee.planning.models import Session
from tests.architecture.access_table import TABLE, Page
from tests.architecture.world import PATTERNS
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import closed

HEADS = re.compile(r'(?s)<(h[1-3]|p class="panel-title"|span class="tag[^"]*")[^>]*>(.*?)</')
PROMISES = re.compile(r"\b(yet|not possible|to come|still to)\b", re.IGNORECASE)


def test_nothing_of_a_closed_mission_is_headed_not_yet(cast: Cast, now: MovableClock, settle: Any) -> None:
    mission = closed(cast, now, settle)
    session = Session.objects.filter(mission=mission).order_by("pk")[0]
    User.objects.update(language="en")
    client = Client()
    client.force_login(cast.camille.user)
    looked_at, found = 0, {}
    for name, page in TABLE.items():
        first, _slash, rest = PATTERNS[name].partition("/")
        ref = {"missions": mission.ref, "sessions": session.ref}.get(first)
        if not isinstance(page, Page) or not page.opens or ref is None or PATTERNS[name].count("<") != 1:
            continue
        answer = client.get(f"/{first}/{rest.replace('<str:ref>', ref)}")
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            looked_at += 1
            heads = [re.sub(r"<[^>]+>", " ", head) for _tag, head in HEADS.findall(answer.text)]
            assert heads, name
            if promised := [head.strip() for head in heads if PROMISES.search(head)]:
                found[name] = promised
    assert looked_at > 15
    assert found == {}
