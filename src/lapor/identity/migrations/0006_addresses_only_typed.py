"""An address that an account typed and never proved leads nobody to that account any more.

Rows that are such today are put aside: the account is still told of its own reports there, and the next report filed
with the address gets a reporter of its own. Reports that came to an account that way earlier stay where they are:
nothing kept tells them from the account's own.
"""

from django.db import migrations, models


def put_aside(apps, schema_editor):
    """Put every unproved address of an account aside."""
    rows = apps.get_model("identity", "Contact").objects.filter(confirmed_at=None, reporter__account__isnull=False)
    rows.update(is_aside=True)


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_officers_sign_in")]

    operations = [
        migrations.AddField(
            model_name="reporter",
            name="names_itself",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="The account itself gave or removed the name; before, whoever typed the address first named it.",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="is_aside",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="An account typed it and proved nothing: it gets that account's messages and leads nobody there.",
            ),
        ),
        migrations.RunPython(put_aside, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="contact", name="one_reporter_per_address"),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_aside", False)), fields=("kind", "index"), name="one_reporter_per_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                fields=("kind", "index", "reporter"), name="an_address_once_per_reporter"
            ),
        ),
    ]
