from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fees", "0005_vat_of_received")]

    operations = [
        migrations.AddIndex(
            model_name="payable",
            index=models.Index(
                fields=["supplier", "month", "total_excl"], name="payables_of_supplier_by_month"
            ),
        ),
    ]
