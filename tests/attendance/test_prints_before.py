"""Signatures given before prints were kept have them, as those given since."""

import pytest

from cordee.attendance.models import Signature
from cordee.attendance.queries import print_of
from tests.cast import Cast
from tests.conformity.sheets import people_sign
from tests.conftest import MovableClock
from tests.migrating import before
from tests.steps import DURING, enrol, plan


@pytest.mark.django_db(transaction=True)
def test_signatures_given_before_have_their_prints(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo", "Cyd")
    now.move_to(DURING)
    _ana, bo, cyd = people_sign(session)
    Signature.objects.filter(pk=bo.pk).update(strokes=[], typed_name="Bo N")
    Signature.objects.filter(pk=cyd.pk).update(strokes=[[[0, 0, 0], [300, 300, 9]]])
    with before("attendance", "0006_signatures_without_network") as apps:
        assert apps.get_model("attendance", "Signature").objects.count() == 3
    kept = {s.pk: (s.ink_print, print_of(s.strokes)) for s in Signature.objects.all()}
    assert all(one == other for one, other in kept.values())
    assert [bool(one) for one, _ in sorted(kept.values(), reverse=True)] == [True, False, False]
