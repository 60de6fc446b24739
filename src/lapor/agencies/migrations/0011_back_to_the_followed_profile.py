"""An institution may leave its own SOP and follow the shared profile again, from a day to come on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the mark of such a version, which has no text of its own; none of the past has it."""

    dependencies = [("agencies", "0010_office_hours")]
    operations = [
        migrations.AddField(
            model_name="profileversion",
            name="goes_back",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="From this day on there is no SOP of its own: the profile that is followed holds again. No text.",
            ),
        ),
        migrations.AlterField(model_name="profileversion", name="text", field=models.TextField(blank=True)),
    ]
