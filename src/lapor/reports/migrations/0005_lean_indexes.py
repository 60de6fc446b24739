"""Drop the indexes that others begin with: each one was paid on every step and asked by no question."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_appointments_begin_later'),
        ('reports', '0004_registers_of_a_period'),
    ]

    operations = [
        migrations.AlterField(
            model_name='breach',
            name='agency',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='breach',
            name='desk',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='calendar',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.calendar'),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='leg',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='reports.disposition'),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='report',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='reports.report'),
        ),
        migrations.AlterField(
            model_name='disposition',
            name='desk',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='disposition',
            name='report',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='dispositions', to='reports.report'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='report',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='reports.report'),
        ),
        migrations.AlterField(
            model_name='outgoingmessage',
            name='desk',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='outgoingmessage',
            name='report',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='reports.report'),
        ),
        migrations.AlterField(
            model_name='report',
            name='agency',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coordinated', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='report',
            name='back_desk',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='report',
            name='desk',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='report',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handled', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='response',
            name='report',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='reports.report'),
        ),
    ]
