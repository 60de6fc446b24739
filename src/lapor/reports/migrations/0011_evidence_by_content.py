"""Ask whether a stored file is still named by anybody, without reading the whole table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """One index, built beside the running work."""

    atomic = False
    dependencies = [("reports", "0010_filings")]
    operations = [AddIndexConcurrently("evidence", models.Index(fields=["sha256"], name="evidence_by_content"))]
