"""A device may be told beside the letter: a bell is a message of its own, once for each device."""

from django.db import migrations, models

FIELDS = ["report", "seq", "told", "desk", "role", "account"]


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_evidence_by_content")]

    operations = [
        migrations.AddField(
            "outgoingmessage",
            "device",
            models.BigIntegerField(null=True, help_text="A reporter's device that is rung beside the letter."),
        ),
        migrations.RemoveConstraint("outgoingmessage", "nothing_told_twice"),
        migrations.AddConstraint(
            "outgoingmessage",
            models.UniqueConstraint(fields=[*FIELDS, "device"], nulls_distinct=False, name="nothing_told_twice"),
        ),
    ]
