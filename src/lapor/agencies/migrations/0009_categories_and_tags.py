"""Categories can be merged, and institutions keep tags."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0008_profile_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="category",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                help_text="Where whoever asks for this one is led; never itself merged. Its old reports keep it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="agencies.category",
            ),
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="agencies.agency"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        help_text="The word that is used instead; never itself merged.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="agencies.tag",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("institution", "word"), name="one_tag_per_word")],
            },
        ),
    ]
