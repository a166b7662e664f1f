from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0002_surveys"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="sum",
            index=models.Index(fields=["kind", "measure", "month"], name="sums_by_measure"),
        ),
    ]
