"""What people answered."""

from django.db import models

from cordee.catalogue.models import QUESTIONNAIRE_LABELS


class Answers(models.Model):
    """What one person answered to one questionnaire. Deleted some time after the session: see `states.KEPT_FOR`."""

    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=list(QUESTIONNAIRE_LABELS.items()))
    version = models.ForeignKey("catalogue.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+")
    """The one that was published when the person first answered."""
    values = models.JSONField(default=dict)
    """By the key of the question: the key of a choice, a list of them, a number, or a text."""
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["enrolment", "kind"], name="answered_once_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.enrolment_id}"


class Counts(models.Model):
    """What the people of a session answered together, once nobody's answers are kept any more."""

    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=list(QUESTIONNAIRE_LABELS.items()))
    version = models.ForeignKey("catalogue.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    """How many answered."""
    tallies = models.JSONField(default=dict)
    """By the key of the question: how many answered it, and how often each answer was given."""
    progress = models.JSONField(default=dict)
    """Of checks: what was learned, as `queries.progress.Figures` writes itself."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "kind", "version"], name="counted_once_per_session"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.session_id}: {self.people}"


class Told(models.Model):
    """Of what something is told: filters and figures go by these columns.

    Anonymous answers too few to be told with their session are told with their mission, or with the service: then the
    columns below that are empty.
    """

    kind = models.CharField(max_length=12, choices=list(QUESTIONNAIRE_LABELS.items()))
    service_type = models.ForeignKey("catalogue.ServiceType", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    """The first day of the month in which the session ended: never a day, by which somebody could be found."""
    client = models.ForeignKey(
        "clients.ClientOrganisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, null=True, related_name="+")
    session = models.ForeignKey("planning.Session", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Survey(Told):
    """A questionnaire asked about one session, or about a mission as a whole, until it closes."""

    questionnaire = models.ForeignKey("catalogue.Questionnaire", on_delete=models.PROTECT, related_name="+")
    anonymous = models.BooleanField()
    """As it was when it began: what people were told stays true."""
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)
    """How many are asked."""
    answered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["session", "kind"],
                condition=models.Q(session__isnull=False),
                name="asked_once_about_a_session",
            ),
            models.UniqueConstraint(
                fields=["mission", "kind"],
                condition=models.Q(session__isnull=True),
                name="asked_once_about_a_mission",
            ),
        )
        indexes = (
            models.Index(fields=["closes_at"], condition=models.Q(closed_at=None), name="surveys_open"),
            models.Index(fields=["kind", "month"], name="surveys_by_month"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.session_id or self.mission_id}"


class Addressee(models.Model):
    """Somebody asked by a survey, and whether they answered: kept apart from what was answered, to remind once.

    Of participants it is deleted when the survey has closed.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="asked")
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    contact = models.ForeignKey("clients.Contact", on_delete=models.PROTECT, null=True, related_name="+")
    facilitator = models.ForeignKey(
        "network.Facilitator", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered = models.BooleanField(default=False)
    """Without a time: one could be matched with others."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["survey", "enrolment"],
                condition=models.Q(enrolment__isnull=False),
                name="enrolment_asked_once",
            ),
            models.UniqueConstraint(
                fields=["survey", "contact"],
                condition=models.Q(contact__isnull=False),
                name="contact_asked_once",
            ),
            models.UniqueConstraint(
                fields=["survey", "facilitator"],
                condition=models.Q(facilitator__isnull=False),
                name="facilitator_asked_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.enrolment_id or self.contact_id or self.facilitator_id}"


class Response(Told):
    """What one person answered to a survey. Of an anonymous one it holds no way back to them (decision 0023): its
    number is drawn by chance, it has no time, and it is told only once it lies among others (`counted`).
    """

    id = models.BigAutoField(primary_key=True)
    """Given when it is written, by chance: rows lie in no order by which they could be matched with people."""
    version = models.ForeignKey("catalogue.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, null=True, related_name="+")
    """Empty once it is told with a mission or a service."""
    counted = models.BooleanField()
    """It is part of figures, and shown; an anonymous one that waits for others is not."""
    values = models.JSONField(default=dict)
    """By the key of the question, but for answers in words: the key of a choice, a list of them, or a number."""
    receipt = models.CharField(max_length=64, blank=True)
    """While an anonymous one waits: a digest of what the browser keeps that sent it, which alone can correct it."""
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    contact = models.ForeignKey("clients.Contact", on_delete=models.PROTECT, null=True, related_name="+")
    facilitator = models.ForeignKey(
        "network.Facilitator", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=["kind", "month"], name="responses_by_month"),
            models.Index(fields=["kind", "service_type"], condition=models.Q(counted=False), name="waiting"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Comment(models.Model):
    """An answer in words."""

    id = models.BigAutoField(primary_key=True)
    """By chance, as that of the response."""
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="comments")
    key = models.CharField(max_length=12)
    """Of the question."""
    text = models.TextField()
    search_key = models.TextField(blank=True, editable=False)
    """The text as it is searched: no accents, no capitals. Written whenever the text is."""
    masked = models.PositiveSmallIntegerField(default=0)
    """How many passages were taken out by quality, for good."""

    def __str__(self) -> str:
        return self.text[:40]


class CommentTag(models.Model):
    """A word by which quality finds comments again."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="tags")
    tag = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["comment", "tag"], name="tagged_once"),)

    def __str__(self) -> str:
        return self.tag


class Sum(Told):
    """How often each step of a scale was given by those told together: figures are added up of these, never of answers.

    Of named answers written anew each time one of them changes; of anonymous ones added to by the batch, without what
    fewer than four of a batch answered (`actions.summing`).
    """

    measure = models.CharField(max_length=30)
    """A topic; of a scale that measures none, or a number, its questionnaire and key, such as "12:q3"; of a choice that
    of its question and its own, such as "12:q4:c1", with how many did not take it (`n0`) and how many did (`n1`).
    """
    n0 = models.PositiveIntegerField(default=0)
    n1 = models.PositiveIntegerField(default=0)
    n2 = models.PositiveIntegerField(default=0)
    n3 = models.PositiveIntegerField(default=0)
    n4 = models.PositiveIntegerField(default=0)
    n5 = models.PositiveIntegerField(default=0)
    n6 = models.PositiveIntegerField(default=0)
    n7 = models.PositiveIntegerField(default=0)
    n8 = models.PositiveIntegerField(default=0)
    n9 = models.PositiveIntegerField(default=0)
    n10 = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    """Of answers in numbers, what they add up to; `n0` to `n10` count them by bins (`states.BINS_FROM`)."""
    least = models.IntegerField(null=True)
    """The smallest of them, and the largest: of answers with names alone, for it is one person's answer."""
    most = models.IntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["kind", "month"], name="sums_by_month"),
            models.Index(fields=["kind", "measure", "month"], name="sums_by_measure"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.measure}"
