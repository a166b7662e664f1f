"""The files from which the pages of a session came."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from cordee.deposits.models import DepositedFile, DepositedPage
from cordee.deposits.states import PageState
from cordee.files.models import StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A deposited file with pages of a session."""

    file_id: int
    stored: StoredFile
    all_of_it: bool
    """No page of it is of another session, or of none that is known."""
    pages: tuple[tuple[int, StoredFile], ...]
    """Its pages of this session, as they were straightened: number and picture."""


def originals(session_id: int) -> Iterator[Original]:
    """Give the files with pages of a session, those set aside left out, in two queries."""
    of_it = Q(pages__session=session_id) & ~Q(pages__state=PageState.ASIDE)
    files = DepositedFile.objects.filter(of_it).annotate(all_pages=Count("pages__file__pages", distinct=True))
    found = DepositedPage.objects.filter(file__in=files.values("pk"), session=session_id)
    pages = list(found.exclude(state=PageState.ASIDE).select_related("picture").order_by("pk"))
    for file in files.select_related("stored").distinct().order_by("pk"):
        own = [page for page in pages if page.file_id == file.pk]
        yield Original(
            file_id=file.pk,
            stored=file.stored,
            all_of_it=len(own) == file.all_pages,
            pages=tuple((page.pk, page.picture) for page in own if page.picture),
        )
