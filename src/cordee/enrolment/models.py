"""Participants and their enrolments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.enrolment.states import LONGEST_NAME, Became, Source
from cordee.journal.states import ERASED
from cordee.reasons import ReasonField

SOURCE_LABELS = {
    Source.COORDINATOR: _("list"),
    Source.CONTACT: _("given by the client"),
    Source.REGISTRATION: _("registered themselves"),
    Source.WALK_IN: _("on the spot"),
}

BECAME_LABELS = {
    Became.ENROLLED: _("enrolled"),
    Became.ALREADY: _("on the list already"),
    Became.COMPLETED: _("on the list already, completed"),
    Became.TWICE: _("twice in the list"),
    Became.LEFT_OUT: _("not enrolled, to be corrected"),
    Became.ASIDE: _("not taken for a person"),
    Became.DROPPED: _("left out"),
    Became.REPLACED: _("made way for another list"),
}


class Participant(models.Model):
    """Somebody who comes to sessions of a client. Who is the same person is told by `rules.identity`: an address
    may be that of several people, and some have none.
    """

    client = models.ForeignKey("clients.ClientOrganisation", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    first_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    last_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    name_key = models.TextField(blank=True, editable=False)
    """The name as people are compared by it: written with the name, by `actions.people`."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["client", "email", "name_key"],
                condition=~models.Q(email=""),
                name="one_participant_per_address_and_name",
            ),
            models.CheckConstraint(
                condition=~models.Q(email="", first_name="", last_name=""), name="participant_is_somebody"
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def is_erased(self) -> bool:
        """Tell whether nobody knows any more who it was."""
        return self.last_name == ERASED and not self.email


class Enrolment(models.Model):
    """A participant on the list of a session. Taken off, the row stays: it may have been told, or signed."""

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="enrolments")
    source = models.CharField(max_length=12, choices=list(SOURCE_LABELS.items()), default=Source.COORDINATOR)
    enrolled_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    refused_because = ReasonField(blank=True, of_mission="session__mission_id")
    """Why the coordinator took off somebody whom the client's contact had given; the contact reads it."""
    group = models.CharField(max_length=LONGEST_NAME, blank=True)
    """The client's own word for where the person belongs: a class, a team, a department."""
    details = models.JSONField(default=dict, blank=True)
    """What else the list or the registration said, by column: language, function…"""
    shares_mailbox = models.BooleanField(default=False)
    """Somebody said that others have the same address, and that it is all right."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "participant"], name="one_enrolment_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.participant_id}"


class ListRow(models.Model):
    """A line of a list that was given and is not enrolled yet: being looked at, or to be corrected first."""

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=list(SOURCE_LABELS.items()), default=Source.COORDINATOR)
    line = models.PositiveIntegerField()
    """Its number as people see it in their file or paste, from 1."""
    sheet = models.TextField(blank=True)
    text = models.TextField(blank=True)
    """As it came."""
    email = models.TextField(blank=True)
    """As understood or typed: not yet an address a mail server would take, nor of a length a name has."""
    first_name = models.TextField(blank=True)
    last_name = models.TextField(blank=True)
    group = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    """What the reader found: code, field, value of each."""
    suggestion = models.JSONField(default=dict, blank=True)
    """What the row becomes in one click, by field."""
    taken_as_it_is = models.BooleanField(default=False)
    """Somebody said that a doubt is none."""
    given_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["session", "id"], name="list_rows_of_session"),)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.line} {self.text[:40]}"


class RowOutcome(models.Model):
    """What became of a line of a list that was given: told on the page of the list when the line itself is gone."""

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=list(SOURCE_LABELS.items()))
    line = models.PositiveIntegerField()
    """Its number as people see it in their file or paste, from 1."""
    sheet = models.TextField(blank=True)
    name = models.TextField()
    """Who it was understood to be, or the line as it came: in short, and personal data."""
    became = models.CharField(max_length=10, choices=list(BECAME_LABELS.items()))
    first_line = models.PositiveIntegerField(null=True)
    """Where the same person stands, too."""
    became_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=["session", "-became_at"], name="outcomes_of_session"),)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.line} {self.became}"


class ListInvitation(models.Model):
    """The client contact of a mission may give the names themselves, through a personal link."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey("clients.Contact", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mission", "contact"], name="one_list_invitation_per_contact"),
        )

    def __str__(self) -> str:
        return f"{self.mission_id}: {self.contact_id}"


class Split(models.Model):
    """People were put in groups over parallel sessions, in one go: kept so that it can be undone."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    moves = models.JSONField(default=list)
    """For each: the enrolment, the session it was on, the session it was moved to."""
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["mission", "-id"], name="splits_of_mission"),)

    def __str__(self) -> str:
        return f"{self.mission_id}: {len(self.moves)}"
