"""Signed sheets as they were deposited, what was read on them, and what people confirmed."""

from django.db import models
from django.utils.translation import pgettext_lazy

from cordee.deposits.states import BoxKind, FileState, PageState

FILE_LABELS = {
    FileState.WAITING: pgettext_lazy("deposited file", "being read"),
    FileState.READ: pgettext_lazy("deposited file", "read"),
    FileState.REFUSED: pgettext_lazy("deposited file", "refused"),
}
PAGE_LABELS = {
    PageState.READ: pgettext_lazy("deposited page", "to confirm"),
    PageState.BY_HAND: pgettext_lazy("deposited page", "to file by hand"),
    PageState.CONFIRMED: pgettext_lazy("deposited page", "confirmed"),
    PageState.ASIDE: pgettext_lazy("deposited page", "set aside"),
}
KIND_LABELS = {
    BoxKind.ENROLMENT: pgettext_lazy("box of a sheet", "participant"),
    BoxKind.FACILITATOR: pgettext_lazy("box of a sheet", "facilitator"),
    BoxKind.FREE: pgettext_lazy("box of a sheet", "free line"),
}


class Deposit(models.Model):
    """Files given in one go: by whom, when (UTC), and on the page of which mission or session."""

    mission = models.ForeignKey("missions.Mission", null=True, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("planning.Session", null=True, on_delete=models.PROTECT, related_name="+")
    deposited_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    facilitator_id = models.BigIntegerField(null=True)
    """Whose session it may be of, when a facilitator gave it."""
    link_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=["user_id", "-id"], name="deposits_of_user"),)

    def __str__(self) -> str:
        return f"deposit {self.pk}"


class DepositedFile(models.Model):
    """One file, as it was given: the same bytes are one file, however often they are given."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="files")
    stored = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    """As it was called where it came from: shown, never used for anything."""
    state = models.CharField(max_length=10, choices=list(FILE_LABELS.items()), default=FileState.WAITING)
    code = models.CharField(max_length=40, blank=True)
    """Why it is refused."""
    claimed_until = models.DateTimeField(null=True)
    """A worker has it in hand until then (UTC)."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """How many workers took it in hand since a page of it was read, the one who read it among them."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="refused") ^ models.Q(code=""), name="refused_file_says_why"
            ),
        )
        indexes = (models.Index(fields=["id"], name="files_to_read", condition=models.Q(state="waiting")),)

    def __str__(self) -> str:
        return f"file {self.pk} {self.state}"


class DepositedPage(models.Model):
    """One page of paper on a file. What was read on it never changes; its state does."""

    file = models.ForeignKey(DepositedFile, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveSmallIntegerField()
    """Of the page in its file, from 1."""
    part = models.PositiveSmallIntegerField(default=1)
    """Of several pages of paper on one photo, from 1."""
    state = models.CharField(max_length=10, choices=list(PAGE_LABELS.items()), default=PageState.READ)
    session = models.ForeignKey("planning.Session", null=True, on_delete=models.PROTECT, related_name="+")
    """By its code, or as somebody filed it."""
    sheet = models.ForeignKey("documents.PrintedSheet", null=True, on_delete=models.PROTECT, related_name="+")
    """The version that was printed."""
    page_of_sheet = models.PositiveSmallIntegerField(null=True)
    rotation = models.FloatField(null=True)
    """By how many degrees it was turned to stand upright."""
    quality = models.FloatField(null=True)
    """From 0 to 1, as the reader judges the picture."""
    problems = models.JSONField(default=list)
    """Codes."""
    picture = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """The page straightened, as JPEG."""
    width = models.PositiveIntegerField(null=True)
    """Of the picture, in pixels."""
    height = models.PositiveIntegerField(null=True)
    read_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=0)
    """How often it was opened again: the confirmation of this round is the one that counts."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["file", "number", "part"], name="each_page_read_once"),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed", session=None), name="confirmed_page_has_a_session"
            ),
        )
        indexes = (
            models.Index(fields=["session", "state"], name="pages_of_session"),
            models.Index(fields=["sheet", "page_of_sheet"], name="pages_of_sheet"),
        )

    def __str__(self) -> str:
        return f"page {self.pk} {self.state}"

    @property
    def seen(self) -> str:
        """What a form keeps to tell, when it comes back, whether somebody was quicker."""
        return f"{self.round}-{self.state}"


class DepositedBox(models.Model):
    """One box of a page, and what was read in it. Written once, never changed.

    Of a page that was filed by hand nothing was read: `signed` and what follows are empty.
    """

    page = models.ForeignKey(DepositedPage, on_delete=models.PROTECT, related_name="boxes")
    position = models.PositiveSmallIntegerField()
    """On the page, row by row, from 1."""
    row = models.PositiveSmallIntegerField()
    """The boxes of one person have one row."""
    kind = models.CharField(max_length=12, choices=list(KIND_LABELS.items()))
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    assignment = models.ForeignKey(
        "planning.Assignment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    half_day = models.ForeignKey("planning.HalfDay", null=True, on_delete=models.PROTECT, related_name="+")
    """Nothing where the hours of the session changed since it was printed."""
    signed = models.BooleanField(null=True)
    absent_ticked = models.BooleanField(null=True)
    confidence = models.FloatField(null=True)
    """From 0 to 1."""
    unsure = models.BooleanField(default=False)
    """Somebody has to look: it is not guessed."""
    left = models.PositiveIntegerField(null=True)
    """Where it lies on the straightened picture, in pixels."""
    top = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["page", "position"], name="one_box_per_place"),
            models.CheckConstraint(
                condition=models.Q(kind="enrolment", enrolment__isnull=False, assignment=None)
                | models.Q(kind="facilitator", assignment__isnull=False, enrolment=None)
                | models.Q(kind="free", assignment=None, enrolment=None),
                name="box_is_of_whom_it_says",
            ),
        )

    def __str__(self) -> str:
        return f"box {self.position} of {self.page_id}"


class Confirmation(models.Model):
    """Somebody compared a page with what was read on it. Append-only: each round has one."""

    page = models.ForeignKey(DepositedPage, on_delete=models.PROTECT, related_name="confirmations")
    round = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["page", "round"], name="one_confirmation_per_round"),)

    def __str__(self) -> str:
        return f"page {self.page_id}, round {self.round}"


class ConfirmedBox(models.Model):
    """What stands in one box, as somebody confirmed it. Written once, never changed."""

    confirmation = models.ForeignKey(Confirmation, on_delete=models.PROTECT, related_name="boxes")
    box = models.ForeignKey(DepositedBox, on_delete=models.PROTECT, related_name="+")
    signed = models.BooleanField()
    absent_ticked = models.BooleanField(default=False)
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Whose box it is: on a free line, who gave their name there."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["confirmation", "box"], name="each_box_confirmed_once"),
            models.CheckConstraint(
                condition=~models.Q(signed=True, absent_ticked=True), name="nobody_signs_and_is_absent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.box_id}: {'signed' if self.signed else 'empty'}"
