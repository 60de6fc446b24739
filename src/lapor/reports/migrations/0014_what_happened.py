"""Count the reports that were ever late or objected to, with what has happened so far."""

from django.db import migrations, models

REMEMBER = """
UPDATE reports_report SET breaches_noticed = found.n
  FROM (SELECT report_id, count(*) AS n FROM reports_breach GROUP BY report_id) found WHERE id = found.report_id;
UPDATE reports_report SET objections = found.n
  FROM (SELECT report_id, count(*) AS n FROM reports_response WHERE kind = 'objection' GROUP BY report_id) found
  WHERE id = found.report_id;
INSERT INTO reports_count (desk_id, key, n)
SELECT counted.desk, counted.prefix || happened.key, count(*) FROM reports_report r
 CROSS JOIN LATERAL (SELECT 'late' WHERE r.breaches_noticed > 0 UNION SELECT 'objected' WHERE r.objections > 0) happened(key)
 CROSS JOIN LATERAL (
    SELECT NULL::bigint, '' UNION SELECT r.agency_id, '' UNION SELECT r.unit_id, ''
    UNION SELECT NULL, 'public:' WHERE NOT r.is_secret UNION SELECT r.agency_id, 'public:' WHERE NOT r.is_secret
 ) counted(desk, prefix)
 GROUP BY 1, 2
ON CONFLICT (desk_id, key) DO UPDATE SET n = EXCLUDED.n;
"""


class Migration(migrations.Migration):
    """Add the two columns and fill them."""

    dependencies = [("reports", "0013_nothing_is_emptied")]
    operations = [
        migrations.AddField("report", "breaches_noticed", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("report", "objections", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterField(
            "countdelta",
            "key",
            models.CharField(help_text="A status, a reason of closing, or what happened.", max_length=20),
        ),
        migrations.RunSQL(REMEMBER, migrations.RunSQL.noop),
    ]
