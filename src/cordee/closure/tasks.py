"""What time alone brings: sessions end, boards move."""

from datetime import timedelta

from django.tasks import task

from cordee.closure import actions
from cordee.kernel import clock
from cordee.planning.queries import ended_between


@task()
def follow_time() -> None:
    """Look again at the missions with a session that ended in the last day. Safe to run twice."""
    now = clock.now()
    for mission_id in sorted(ended_between(now - timedelta(days=1), now)):
        actions.refresh_board(mission_id=mission_id)
        actions.close_if_complete(mission_id=mission_id)
