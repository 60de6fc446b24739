"""When a reporter was forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_accounts_of_citizens"),
    ]

    operations = [
        migrations.AddField(
            model_name="reporter",
            name="erased_at",
            field=models.DateTimeField(
                help_text="The person asked that we forget who they are (UU 27/2022).", null=True
            ),
        ),
    ]
