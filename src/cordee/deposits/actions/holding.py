"""Holding a page while it is settled."""

from cordee.deposits import queries
from cordee.deposits.models import DepositedPage
from cordee.missions import queries as missions
from cordee.planning.models import Session


def held(page_id: int, *, of_session: int | None = None) -> DepositedPage:
    """Return a page, held to the end of the transaction with the mission of its session (or of `of_session`, on which
    it is to be filed): two who settle it do so one after the other.
    """
    session_id = of_session or DepositedPage.objects.values_list("session_id", flat=True).get(pk=page_id)
    if session_id is not None:
        missions.locked(Session.objects.values_list("mission_id", flat=True).get(pk=session_id))
    DepositedPage.objects.select_for_update().get(pk=page_id)
    found = queries.page(page_id)
    if found is None:
        raise DepositedPage.DoesNotExist
    return found
