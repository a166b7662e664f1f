"""`cordee participants erase`: somebody is erased by their address, or by their number where others have it too."""

from collections.abc import Callable
from typing import Any

from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Participant
from cordee.enrolment.rules import Person
from cordee.kernel import clock
from cordee.missions.models import Mission
from tests.cast import Cast
from tests.steps import plan

ADDRESS = "reprographie@valmont.example"


def test_one_of_those_with_an_address_is_erased(*, cast: Cast, cordee: Callable[..., Any]) -> None:
    def erase(who: str) -> Any:
        return cordee("--language", "en", "participants", "erase", who)

    (session,) = plan(cast, cast.noor)
    people = [Person(email=ADDRESS, first_name=name, last_name="Martin") for name in ("Ana", "Bo")]
    enrolment.enrol(session_id=session.pk, people=people, by=cast.actor(cast.camille))
    ana = Participant.objects.get(first_name="Ana")
    assert (erase("x@y.fr").code, erase("0").code) == (2, 2)
    several = erase(f" {ADDRESS.upper()} ")
    assert (several.code, f"{ana.pk}" in several.out, "Several people" in several.err) == (2, True, True)
    running = erase(str(ana.pk))
    assert (running.code, "is not closed" in running.err) == (2, True)
    Mission.objects.update(status="closed", closed_at=clock.now())
    assert erase(str(ana.pk)).code == 0
    assert [(p.email, p.full_name) for p in Participant.objects.order_by("pk")] == [
        ("", "[…]"),
        (ADDRESS, "Bo Martin"),
    ]
