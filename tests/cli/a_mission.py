"""Makes the mission of the stories in the house of this process, and prints the path of its contact's list."""

import sys
from datetime import timedelta

import django

django.setup()

from cordee.enrolment.queries import asked  # noqa: E402 - models need Django to be set up
from cordee.kernel import clock  # noqa: E402 - as above
from tests.cast import assemble  # noqa: E402 - as above
from tests.conftest import NOON  # noqa: E402 - as above
from tests.steps import ask_client, plan  # noqa: E402 - as above

clock.use(lambda: NOON)
cast = assemble()
clock.use(None)  # the server knows no other time than ours
(session,) = plan(cast, cast.camille, day=clock.today() + timedelta(days=30))
ask_client(cast)
(link,) = asked(cast.mission.pk)
sys.stdout.write(f"/c/{link.token}/{session.ref}/\n")
