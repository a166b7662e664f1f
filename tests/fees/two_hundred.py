"""Has two hundred fee requests approved in the house of this process; nothing follows before a worker is started."""

from decimal import Decimal

import django

django.setup()

from cordee.fees import actions as fees  # noqa: E402 - models need Django to be set up
from cordee.fees.models import FeeLine, FeeRequest  # noqa: E402 - as above
from cordee.fees.states import RequestKind  # noqa: E402 - as above
from cordee.invoices.content import VatRule  # noqa: E402 - as above
from cordee.journal.actions import deliver_due  # noqa: E402 - as above
from cordee.kernel import clock  # noqa: E402 - as above
from cordee.suppliers import actions as suppliers  # noqa: E402 - as above
from tests.cast import assemble  # noqa: E402 - as above
from tests.conftest import NOON  # noqa: E402 - as above
from tests.money import with_identity  # noqa: E402 - as above
from tests.suppliers.stories import registered, signed  # noqa: E402 - as above

REQUESTS = 200

clock.use(lambda: NOON)
cast = assemble()
clock.use(None)  # the worker knows no other time than ours
with_identity()
people = [cast.noor, cast.camille, cast.elodie, cast.idris, cast.dan]
for number, person in enumerate(people, start=1):
    supplier = registered(cast, person, number, since=clock.today())
    by = cast.actor(person)
    suppliers.set_vat(
        supplier_id=supplier.pk, service_type_id=None, rule=VatRule.FRANCHISE, since=clock.today(), by=by
    )
    signed(cast, supplier, person)
deliver_due()  # what being ready leads to, so that approving alone issues
line = cast.mission.order.lines.order_by("pk")[0]
for number in range(REQUESTS):
    request = FeeRequest.objects.create(
        mission=cast.mission,
        ref=f"R-2027-0001-{number}",
        kind=RequestKind.FACILITATION,
        extra=True,
        month=clock.today().replace(day=1),
        sent_at=clock.now(),
    )
    FeeLine.objects.create(
        request=request,
        kind=RequestKind.COORDINATION,
        facilitator=people[number % len(people)],
        line=line,
        unit_amount=Decimal(100),
        amount=Decimal(100),
    )
    fees.approve(request_id=request.pk, by=cast.actor(cast.farid))
