"""The record of what officers arrange; the database refuses to change or remove what it says."""

from django.db import migrations, models

REFUSE = """
CREATE FUNCTION lapor_refuse_deed_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what it records is never changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_deed
    FOR EACH ROW EXECUTE FUNCTION lapor_refuse_deed_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON kernel_deed
    FOR EACH STATEMENT EXECUTE FUNCTION lapor_refuse_deed_change();
ALTER TABLE kernel_deed ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE kernel_deed ENABLE ALWAYS TRIGGER never_emptied;
"""

ALLOW = """
DROP TRIGGER never_emptied ON kernel_deed;
DROP TRIGGER append_only ON kernel_deed;
DROP FUNCTION lapor_refuse_deed_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.BigIntegerField(help_text="The account that acted; none for the system itself.", null=True),
                ),
                ("role", models.CharField(blank=True, max_length=20)),
                ("desk", models.BigIntegerField(null=True)),
                (
                    "institution",
                    models.BigIntegerField(
                        help_text="The institution whose business it is; none: national.", null=True
                    ),
                ),
                ("action", models.CharField(max_length=40)),
                (
                    "about",
                    models.CharField(blank=True, help_text="What or whom it was done to, in words.", max_length=200),
                ),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["institution", "-id"], name="deeds_of_institution"),
                    models.Index(fields=["account", "-id"], name="deeds_of_account"),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
