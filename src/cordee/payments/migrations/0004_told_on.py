from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_sent_back_on")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="told_on",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("sent_back_on__isnull", False)),
                fields=["sent_back_on"],
                name="payments_sent_back",
            ),
        ),
    ]
