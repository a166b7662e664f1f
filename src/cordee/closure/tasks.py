"""What time alone brings: sessions end, boards move."""

from datetime import timedelta

from django.tasks import task

from cordee.closure import actions
from cordee.kernel import clock


@task()
def follow_time() -> None:
    """Look again at the missions with a session that ended in the last day. Safe to run twice."""
    now = clock.now()
    actions.follow_time(after=now - timedelta(days=1), until=now)
