"""Drawing invoices and keeping their files: by the worker, once, whatever stops it."""

import logging
from datetime import timedelta
from typing import Final

from cordee.files import actions as files
from cordee.invoices import queries
from cordee.invoices.content import Content, digest_of
from cordee.invoices.drawing import facturx_of
from cordee.invoices.models import Invoice
from cordee.jobs import registry
from cordee.kernel import clock

log = logging.getLogger(__name__)

_LEFT_AFTER: Final = timedelta(minutes=5)
"""After this time nobody is going to draw it any more: its worker was killed, or had no space to write."""
_AT_ONCE: Final = 200


def keep_file(invoice_id: int) -> None:
    """Draw an invoice and keep its file; nothing is done where it is kept. Safe to run twice.

    What is drawn is the same bytes each time, kept under their hash: whoever is stopped half-way leaves an invoice
    that is to be drawn. Where there is no space, it is left for later.
    """
    invoice = queries.to_draw().defer(None).filter(pk=invoice_id).first()
    if invoice is None:
        return
    if digest_of(invoice.content) != invoice.content_sha256:
        log.error(
            "What stands on invoice %s was changed since it was issued: it is not drawn.", invoice.number
        )
        return
    content = facturx_of(Content.from_json(invoice.content))
    try:
        stored = files.keep(content, content_type="application/pdf")
    except OSError as error:
        log.warning("The file of invoice %s was not written (%s): it is tried again.", invoice_id, error)
        return
    Invoice.objects.filter(pk=invoice_id, file=None).update(file=stored)


def draw_left() -> None:
    """Have the worker draw what was left, each by itself: one that fails keeps no other waiting. Safe to run twice."""
    left = queries.to_draw().filter(issued_at__lt=clock.now() - _LEFT_AFTER)
    for invoice_id in left.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]:
        registry.start("invoices.keep_file", invoice_id)
