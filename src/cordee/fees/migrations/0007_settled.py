import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fees", "0006_payables_by_year"), ("payments", "0004_told_on")]

    operations = [
        migrations.RemoveIndex(model_name="payable", name="payables_not_paid"),
        migrations.RenameField(model_name="payable", old_name="in_payment", new_name="settled"),
        migrations.AddIndex(
            model_name="payable",
            index=models.Index(
                condition=models.Q(("settled", False)), fields=["supplier"], name="payables_owed"
            ),
        ),
        migrations.AlterField(
            model_name="receivedinvoice",
            name="payable",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="received",
                to="fees.payable",
            ),
        ),
        migrations.AddIndex(
            model_name="receivedinvoice",
            index=models.Index(fields=["payable", "state", "due_on"], name="received_of_payable"),
        ),
    ]
