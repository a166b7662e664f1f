"""Where each sheet stands, and everything that was decided of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.conformity.states import Cause, Reason, SheetState

SHEET_LABELS = {
    SheetState.IN_PROGRESS: _("being signed"),
    SheetState.SUBMITTED: _("quality looks at it"),
    SheetState.ACCEPTED: pgettext_lazy("sheet", "accepted"),
    SheetState.REFUSED: pgettext_lazy("sheet", "refused"),
}
REASON_LABELS = {
    Reason.SIGNATURES_MISSING: _("Signatures are missing"),
    Reason.FACILITATOR_MISSING: _("A facilitator has not signed"),
    Reason.PRESENCE_DIFFERS: _("Presence and signatures do not agree"),
    Reason.COPIED: _("Signatures look copied"),
    Reason.NOT_IDENTIFIED: _("It is not clear who signed"),
    Reason.WRONG_DETAILS: _("Title, day, hours or place are wrong"),
    Reason.UNREADABLE: _("It cannot be read"),
    Reason.OTHER: _("Something else"),
}
CAUSE_LABELS = {
    Cause.REOPENED: _("a half-day was opened again"),
    Cause.PRESENCE_CORRECTED: _("presence was corrected"),
    Cause.LIST_CHANGED: _("the list of people changed"),
    Cause.SESSION_CHANGED: _("the session was changed"),
}


class SheetReview(models.Model):
    """Where the sheet of a session stands. A session without a row: it is being signed, for the first time."""

    session = models.OneToOneField("planning.Session", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=list(SHEET_LABELS.items()), default=SheetState.IN_PROGRESS
    )
    round = models.PositiveSmallIntegerField(default=1)
    """Goes up each time it has to be signed or looked at anew."""
    fully_signed = models.BooleanField(default=False)
    """As submitted: everybody present had signed every half-day, each facilitator countersigned, nothing was wrong."""
    since = models.DateTimeField()
    """When it came into the state in which it is (UTC)."""
    submitted_in = models.BigIntegerField(default=0)
    """The entry of the journal by which it was last submitted: who did that knew what was recorded before."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state=SheetState.IN_PROGRESS, fully_signed=True),
                name="fully_signed_sheet_was_submitted",
            ),
        )
        indexes = (models.Index(fields=["state", "since"], name="sheets_by_state"),)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.state}"


class Decision(models.Model):
    """One move of a sheet: by whom, when (UTC), what was found then, why. Append-only."""

    review = models.ForeignKey(SheetReview, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=12)
    """As the machine calls it: submit, accept, refuse, send_back."""
    findings = models.JSONField(default=list)
    """The codes of what was found at that moment, errors first."""
    reasons = models.JSONField(default=list)
    """Codes: why it was refused, or what sent it back."""
    note = models.TextField(blank=True)
    """In the words of who decided."""
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=["at"], name="refusals_by_day", condition=models.Q(move="refuse")),)

    def __str__(self) -> str:
        return f"{self.review_id}: {self.move}"
