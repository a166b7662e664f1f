from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fees", "0003_what_the_file_says")]

    operations = [
        migrations.AddField(
            model_name="payable",
            name="in_payment",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="payable",
            index=models.Index(
                condition=models.Q(("in_payment", False)), fields=["supplier"], name="payables_not_paid"
            ),
        ),
    ]
