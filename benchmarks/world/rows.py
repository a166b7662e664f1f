"""Rows on their way to the database, in bulk."""

from collections import Counter

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from cordee.accounts.models import User
from cordee.attendance.models import HalfDayRecord, Presence
from cordee.catalogue.models import FeeRate, FeeSchedule, Questionnaire, QuestionnaireVersion, ServiceType
from cordee.clients.models import ClientOrganisation, Contact
from cordee.conformity.models import Decision, SheetReview
from cordee.enrolment.models import Enrolment, Participant
from cordee.fees.models import FeeLine, FeeRequest, Payable, PayableLine, ReceivedInvoice, ReceivedVat
from cordee.files.models import StoredFile
from cordee.invoices.models import Contest, Invoice, InvoiceLine, InvoiceSeries
from cordee.journal.models import Entry, Reason
from cordee.mail.models import Message
from cordee.missions.models import Mission, Order, OrderLine, SearchWord
from cordee.network.models import Facilitator
from cordee.organisation.models import NumberSeries
from cordee.payments.models import Batch, Part, Payment
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.suppliers.models import (
    BankAccount,
    BillsThrough,
    Mandate,
    Paper,
    Signing,
    Supplier,
    VatRegime,
)
from cordee.surveys.models import Comment, Response, Sum, Survey

IN_ORDER: tuple[type[Model], ...] = (
    User,
    StoredFile,
    Reason,
    Facilitator,
    Questionnaire,
    QuestionnaireVersion,
    ServiceType,
    Supplier,
    BillsThrough,
    VatRegime,
    BankAccount,
    Signing,
    Mandate,
    Paper,
    FeeSchedule,
    FeeRate,
    ClientOrganisation,
    Contact,
    Participant,
    Order,
    OrderLine,
    Mission,
    SearchWord,
    Session,
    HalfDay,
    Assignment,
    Enrolment,
    HalfDayRecord,
    Presence,
    SheetReview,
    Decision,
    Survey,
    Response,
    Comment,
    Sum,
    FeeRequest,
    FeeLine,
    InvoiceSeries,
    Invoice,
    InvoiceLine,
    Contest,
    Payable,
    PayableLine,
    ReceivedInvoice,
    ReceivedVat,
    Batch,
    Payment,
    Part,
    Entry,
    Message,
    NumberSeries,
)
"""A table comes after those it points to."""

FLUSH_AT = 40_000
"""Rows kept in memory: about 100 MB."""
BATCH = 5_000


class Rows:
    """Gives each row its id at once, so that others can point to it, and writes many together."""

    def __init__(self) -> None:
        self.written: Counter[str] = Counter()
        self._last: Counter[type[Model]] = Counter()
        self._waiting: dict[type[Model], list[Model]] = {model: [] for model in IN_ORDER}
        self._count = 0

    def add[M: Model](self, row: M) -> M:
        """Take a row and give it its id. The tables must have been empty."""
        kind = type(row)
        self._last[kind] += 1
        row.pk = self._last[kind]
        self._waiting[kind].append(row)
        self._count += 1
        return row

    def last[M: Model](self, kind: type[M]) -> M:
        """Return the row of a kind that was added last, as long as it waits."""
        row = self._waiting[kind][-1]
        assert isinstance(row, kind)  # noqa: S101 - rows wait by kind
        return row

    def flush_if_many(self) -> None:
        """Write when there is much to write; call it where nothing is half made."""
        if self._count >= FLUSH_AT:
            self.flush()

    def flush(self) -> None:
        """Write everything that waits."""
        with transaction.atomic():
            for model, rows in self._waiting.items():
                if rows:
                    model._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001 - Django’s own way to whatever manager a model has
                    self.written[model._meta.label_lower] += len(rows)
                    rows.clear()
        self._count = 0

    def finish(self) -> None:
        """Write the rest, let the database give the next ids, and have it know how the data are spread."""
        self.flush()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(IN_ORDER)):
                cursor.execute(statement)
