"""The database itself refuses to change or remove what the ledger says, even for a session in replica role."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION lapor_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what it records is never changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION lapor_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION lapor_refuse_change();
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER never_emptied;
"""

ALLOW = """
DROP TRIGGER never_emptied ON ledger_entry;
DROP TRIGGER append_only ON ledger_entry;
DROP FUNCTION lapor_refuse_change();
"""


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
