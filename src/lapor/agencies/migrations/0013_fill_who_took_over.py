"""Fill from the deeds who took over the work of units that were merged before this was kept. Some hundred rows at most."""

from django.db import migrations


def fill(apps, schema_editor):
    """Follow the mergers in the order in which they happened, so that a chain leads to its end."""
    agencies = apps.get_model("agencies", "Agency").objects
    deeds = apps.get_model("kernel", "Deed").objects.filter(action="unit_merged").order_by("id")
    for facts in deeds.values_list("facts", flat=True):
        old = agencies.filter(code=facts.get("unit"), is_receiving=False).first()
        heir = agencies.filter(code=facts.get("into")).first()
        if old and heir and old != heir:
            agencies.filter(pk=old.pk).update(merged_into=heir)
            agencies.filter(merged_into=old).exclude(pk=heir.pk).update(merged_into=heir)


class Migration(migrations.Migration):
    """Read the deeds, which are never changed."""

    dependencies = [("agencies", "0012_who_took_over"), ("kernel", "0002_deeds")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=False)]
