"""`cordee demo`: an invented organisation, served on this machine to try everything on."""

import os
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from cordee.accounts.models import User
from cordee.cli import prepare, serve
from cordee.cli.printing import Stop
from cordee.demo import world
from cordee.kernel import clock
from cordee.web.entrance import personas


def demo(*, reset: bool, language: str) -> int:
    """Prepare the demo world if need be, say who can log in as what, and serve."""
    serve.refuse_taken_port(_("PORT=%(port)d ./cordee demo") % {"port": settings.ENV.port + 1})
    prepare.database()
    prepare.static_files()
    if _fill(reset=reset):
        # A fresh process serves: building has left this one large.
        command = [sys.executable, "-P", "-m", "cordee.cli.main", "--language", language, "demo"]
        sys.stdout.flush()
        os.execv(sys.executable, command)  # noqa: S606 - ourselves
    return serve.serve(announce=_who_can_log_in)


def _fill(*, reset: bool) -> bool:
    """Build the world where there is none; return whether it was built now."""
    if User.objects.exists():
        if not world.is_built():
            raise Stop(
                _(
                    "The database in %(home)s is not a demo's: nothing was touched. "
                    "Give the demo a folder of its own: CORDEE_HOME=var/demo ./cordee demo"
                )
                % {"home": settings.ENV.home}
            )
        if not reset:
            return False
        call_command("flush", interactive=False, verbosity=0)
    settings.DEMO_CLOCK_FILE.unlink(missing_ok=True)
    print(_("Building a year of an invented organisation's life, once…"), flush=True)
    began = time.monotonic()
    clock.use(None)
    world.build()
    print(_("Done in %(seconds)d s.") % {"seconds": round(time.monotonic() - began)}, flush=True)
    return True


def _who_can_log_in() -> list[str]:
    found = personas.present()
    width = max((len(p.label) for p in found), default=0)
    return [
        _("Log in with one click, or as (any code that is asked for is in the mailbox of the demo):"),
        *(f"  {p.label:<{width}}  {p.email}" for p in found),
    ]
