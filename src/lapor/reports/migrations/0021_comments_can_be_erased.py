"""Comments are found by the account that wrote them, to be taken along and to be erased (UU 27/2022)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0020_fill_provinces_and_first_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="owner",
            field=models.BinaryField(
                help_text="Keyed hash by which an account finds all that it wrote. None: no account.",
                max_length=16,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="erased_at",
            field=models.DateTimeField(help_text="When its writer wished it away (UU 27/2022).", null=True),
        ),
        migrations.AlterField(
            model_name="comment",
            name="text",
            field=models.TextField(help_text="Empty once it was erased."),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("owner__isnull", False)), fields=["owner"], name="comments_of_owner"
            ),
        ),
    ]
