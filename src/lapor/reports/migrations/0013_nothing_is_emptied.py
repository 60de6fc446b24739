"""Reports, their texts, corrections and breaches are never deleted: not one by one, not all at once."""

from django.db import migrations

TABLES = ("reports_report", "reports_reporttext", "reports_textedit", "reports_breach")
ONE_BY_ONE = ("reports_textedit", "reports_breach")  # the other two have had theirs from the beginning

REFUSE = [
    *[
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION lapor_refuse_change()"
        for table in TABLES
    ],
    *[
        f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION lapor_refuse_change()"
        for table in ONE_BY_ONE
    ],
    *[f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER never_emptied" for table in TABLES],
    *[f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER never_deleted" for table in ONE_BY_ONE],
]
ALLOW = [
    *[f"DROP TRIGGER never_emptied ON {table}" for table in TABLES],
    *[f"DROP TRIGGER never_deleted ON {table}" for table in ONE_BY_ONE],
]


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies = [("reports", "0012_bells")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
