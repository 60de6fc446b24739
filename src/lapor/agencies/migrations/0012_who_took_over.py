"""A unit that was merged says who took its work over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column, empty: the next migration fills it for the mergers of the past."""

    dependencies = [("agencies", "0011_back_to_the_followed_profile")]
    operations = [
        migrations.AddField(
            model_name="agency",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                help_text="Who took over the work of a desk that was merged; never itself merged when it was chosen.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="agencies.agency",
            ),
        ),
    ]
