from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_comments_searched")]

    operations = [
        migrations.AddField("sum", "total", models.BigIntegerField(null=True)),
        migrations.AddField("sum", "least", models.IntegerField(null=True)),
        migrations.AddField("sum", "most", models.IntegerField(null=True)),
    ]
