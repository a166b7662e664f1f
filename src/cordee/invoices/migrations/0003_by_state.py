from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("invoices", "0002_transmissions")]

    operations = [
        migrations.RemoveIndex(model_name="invoice", name="invoices_by_state"),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["state", "-id"], name="invoices_by_state"),
        ),
    ]
