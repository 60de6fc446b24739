"""A spreadsheet that was undone says so, and each of its rows that stayed says why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add what an undoing leaves behind; nothing of it is known of earlier ones."""

    dependencies = [("reports", "0028_drafts_of_an_officer")]
    operations = [
        migrations.AddField(
            model_name="sheet",
            name="taken_back_at",
            field=models.DateTimeField(null=True, help_text="When its officer took back what it had entered."),
        ),
        migrations.AddField(
            model_name="sheet",
            name="taken_back",
            field=models.PositiveIntegerField(
                default=0, db_default=0, help_text="How many complaints were taken back by then."
            ),
        ),
        migrations.AddField(
            model_name="sheet",
            name="kept",
            field=models.PositiveIntegerField(default=0, db_default=0, help_text="How many could not be."),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="kept_why",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                max_length=10,
                help_text="Code of why it could not be taken back.",
            ),
        ),
    ]
