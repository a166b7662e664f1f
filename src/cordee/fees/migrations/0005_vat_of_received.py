from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def share(apps: Any, _editor: Any) -> None:
    """Have the invoices that are accepted already stand under one rule each, as they were counted until now."""
    model = apps.get_model
    accepted = model("fees", "ReceivedInvoice").objects.filter(state="accepted")
    for received in accepted.select_related("supplier", "payable").order_by("pk").iterator():
        in_euros = received.currency == "EUR"
        regimes = model("suppliers", "VatRegime").objects.filter(
            supplier=received.supplier, since__lte=received.issued_on
        )
        regime = regimes.order_by("-since", "-pk").first()
        rule = regime.rule if regime else "franchise"
        if received.supplier.kind == "abroad":
            rule = "reverse_charge"
        elif received.vat > 0:
            rule = "standard"
        model("fees", "ReceivedVat").objects.create(
            received=received,
            rule=rule,
            base=received.excl if in_euros else received.payable.total_excl,
            vat=received.vat if in_euros else 0,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("fees", "0004_payables_in_payment"),
        ("suppliers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceivedVat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("franchise", "No VAT: franchise en base (art. 293 B)"),
                            ("exempt_training", "No VAT: exempt training (art. 261-4-4° a)"),
                            ("standard", "VAT at 20 %"),
                            ("reverse_charge", "Reverse charge: no VAT on the invoice"),
                        ],
                        max_length=15,
                    ),
                ),
                ("base", models.DecimalField(decimal_places=2, max_digits=10)),
                ("vat", models.DecimalField(decimal_places=2, max_digits=10)),
                (
                    "received",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="by_rule",
                        to="fees.receivedinvoice",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="receivedvat",
            constraint=models.UniqueConstraint(fields=["received", "rule"], name="one_base_per_rule"),
        ),
        migrations.AddIndex(
            model_name="receivedinvoice",
            index=models.Index(
                condition=models.Q(("state", "accepted")),
                fields=["decided_at"],
                name="received_by_acceptance",
            ),
        ),
        migrations.RunPython(share, migrations.RunPython.noop),
    ]
