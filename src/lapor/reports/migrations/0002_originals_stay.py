"""The citizen's own words are never changed, and no report is ever deleted."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER original_stays BEFORE UPDATE OF original, original_title ON reports_reporttext
    FOR EACH ROW WHEN (OLD.original IS DISTINCT FROM NEW.original OR OLD.original_title IS DISTINCT FROM NEW.original_title)
    EXECUTE FUNCTION lapor_refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON reports_reporttext FOR EACH ROW EXECUTE FUNCTION lapor_refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON reports_report FOR EACH ROW EXECUTE FUNCTION lapor_refuse_change();
ALTER TABLE reports_reporttext ENABLE ALWAYS TRIGGER original_stays;
ALTER TABLE reports_reporttext ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE reports_report ENABLE ALWAYS TRIGGER never_deleted;
"""

ALLOW = """
DROP TRIGGER never_deleted ON reports_report;
DROP TRIGGER never_deleted ON reports_reporttext;
DROP TRIGGER original_stays ON reports_reporttext;
"""


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies = [("reports", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
