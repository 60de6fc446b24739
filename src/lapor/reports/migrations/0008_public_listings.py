"""What public lists, search and map are made from, and what others say to a public report.

The configuration `lapor` stands on `indonesian`, which every PostgreSQL brings. Small words, abbreviations and joined words
are dealt with by `lapor_plain`, on the text and on what is asked alike, because a dictionary of our own would need files
beside the server.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import lapor.reports.models.listing

SMALL = (
    "yang|di|ke|dari|dan|atau|ini|itu|untuk|pada|dengan|adalah|ialah|dalam|oleh|sudah|telah|akan|agar|supaya|ada|saya|aku|kami|kita"
    "|kamu|anda|ia|dia|mereka|juga|karena|sebagai|bahwa|saat|ketika|jika|kalau|maka|serta|para|pun|lah|kah|yg|dgn|utk|krn|tdk|sdh"
    "|mohon|tolong|pak|bu|min|admin|dong|sih|nih|ya"
)
WORDS = f"""
CREATE TEXT SEARCH CONFIGURATION lapor (COPY = indonesian);

CREATE FUNCTION lapor_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        lower(said), '\\me[- ]?ktp\\M', 'ktp', 'g'), '\\m(jl|jln)\\M\\.?', 'jalan ', 'g'), '\\mkel\\M\\.?', 'kelurahan ', 'g'),
        '\\mkec\\M\\.?', 'kecamatan ', 'g'), '[./@_:;<>&|!*()''\\\\]+', ' ', 'g'), '(\\w)-(?=\\w)', '\\1 ', 'g'),
        '\\m({SMALL})\\M', ' ', 'g')
$$;

CREATE FUNCTION lapor_words(title text, body text, tags text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('lapor', lapor_plain(left(title, 200) || ' ' || left(body, 20000)))
        || array_to_tsvector(array_remove(tags, NULL))
$$;

CREATE FUNCTION lapor_query(said text, tags text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT websearch_to_tsquery('lapor', lapor_plain(said)) && tags::tsquery
$$;
"""
NO_WORDS = """
DROP FUNCTION lapor_query(text, text);
DROP FUNCTION lapor_words(text, text, text[]);
DROP FUNCTION lapor_plain(text);
DROP TEXT SEARCH CONFIGURATION lapor;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_looks"),
        ("reports", "0007_codes_with_a_pin"),
    ]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sealed", models.BinaryField()),
                ("index", models.BinaryField(max_length=16)),
                ("language", models.CharField(default="id", max_length=5)),
                ("at", models.DateTimeField()),
                (
                    "confirmed_at",
                    models.DateTimeField(help_text="None: never told anything but the question.", null=True),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="reports.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FollowLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveIntegerField(help_text="The ledger entry that it tells of.")),
                ("action", models.CharField(blank=True, max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("dead", "Dead"), ("dropped", "Dropped")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "follow",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="reports.follow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="listing",
                        serialize=False,
                        to="reports.report",
                    ),
                ),
                ("status", models.CharField(max_length=12)),
                ("received_at", models.DateTimeField()),
                ("supports", models.PositiveIntegerField(default=0)),
                ("words", lapor.reports.models.listing.WordsField()),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.category",
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.place",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListingCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(max_length=12)),
                ("n", models.BigIntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListingDelta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(max_length=12)),
                ("delta", models.IntegerField()),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("supporter", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supports",
                        to="reports.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.BinaryField(help_text="Keyed hash, as of a supporter.", max_length=32)),
                ("name", models.CharField(blank=True, help_text="As the person wants to be called.", max_length=60)),
                ("text", models.TextField()),
                ("doubts", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "Held"), ("published", "Published"), ("rejected", "Rejected")],
                        default="held",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("appointment", models.BigIntegerField(help_text="Who decided.", null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, help_text="Why it was rejected.", max_length=300)),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")), fields=["report", "-id"], name="comments_shown"
                    ),
                    models.Index(
                        condition=models.Q(("state", "held")), fields=["report", "author"], name="comments_of_author"
                    ),
                    models.Index(condition=models.Q(("state", "held")), fields=["id"], name="comments_held"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("report", "index"), name="followed_once"),
        ),
        migrations.AddIndex(
            model_name="followletter",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_try_at", "id"], name="follow_letters_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="followletter",
            constraint=models.UniqueConstraint(fields=("follow", "seq"), name="followers_told_once"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["received_at", "report"], name="listed"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["agency", "received_at", "report"], name="listed_by_agency"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["category", "received_at", "report"], name="listed_by_category"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["place", "received_at", "report"], name="listed_by_place"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["city", "received_at", "report"], name="listed_by_city"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["status", "received_at", "report"], name="listed_by_status"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("status__in", ["unverified", "disposed", "in_progress", "pending", "escalated"])),
                fields=["received_at", "report"],
                name="listed_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("status__in", ["unverified", "disposed", "in_progress", "pending", "escalated"])),
                fields=["agency", "received_at", "report"],
                name="listed_waiting_by_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("supports__gt", 0)), fields=["supports", "report"], name="listed_by_supports"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("supports__gt", 0)),
                fields=["agency", "supports", "report"],
                name="listed_by_agency_supports",
            ),
        ),
        migrations.AddConstraint(
            model_name="listingcount",
            constraint=models.UniqueConstraint(
                fields=("agency", "place", "status"), name="one_count_per_place", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(fields=("report", "supporter"), name="supported_once"),
        ),
    ]
