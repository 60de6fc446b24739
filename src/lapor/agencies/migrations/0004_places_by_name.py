"""Find a place by how its name begins, without reading the whole table."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

# Django writes an operator class into an index on an expression only with `django.contrib.postgres` installed, which
# would ask each new connection about types that are not used here.
MAKE = "CREATE INDEX CONCURRENTLY places_by_name ON agencies_place (upper(name) varchar_pattern_ops)"
BY_NAME = models.Index(
    django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper("name"), name="varchar_pattern_ops"),
    name="places_by_name",
)


class Migration(migrations.Migration):
    """One index, built beside the running work."""

    atomic = False
    dependencies = [("agencies", "0003_looks")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MAKE, "DROP INDEX CONCURRENTLY places_by_name")],
            state_operations=[migrations.AddIndex("place", BY_NAME)],
        )
    ]
