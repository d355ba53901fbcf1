"""Which cases are one person, which records of a case are another's, and what staff found to be true of a person.

Decisions never change; links and decided attributes are versions that end once. The web server's role may do just that.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION henvis_append_only({columns});
"""
# A link ends by a decision, at its moment; a decided attribute by the next one. Checked when the transaction ends, since what ends
# it may come after, and an erasure may have taken both.
ENDED = """
CREATE FUNCTION henvis_link_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found boolean;
BEGIN
    IF TG_TABLE_NAME = 'cases_attributedecision' THEN
        found := NOT EXISTS (SELECT FROM public.cases_attributedecision WHERE id = NEW.id) OR EXISTS (
            SELECT FROM public.cases_attributedecision v
            WHERE v.case_id = NEW.case_id AND v.field = NEW.field AND v.recorded_at = NEW.superseded_at AND v.id <> NEW.id
        );
    ELSE
        found := EXISTS (SELECT FROM public.cases_linkdecision WHERE decided_at = NEW.superseded_at);
    END IF;
    IF NOT found THEN
        RAISE EXCEPTION 'a row of % is ended by no decision', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
ENDS = """
CREATE CONSTRAINT TRIGGER ended AFTER UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION henvis_link_ended();
"""
ROLE = "henvis_web"
NEVER = ("cases_linkdecision", "cases_mergedcase")
VERSIONS = ("cases_caselink", "cases_recordlink", "cases_attributedecision")
TRIGGERS = {**dict.fromkeys(NEVER, ""), **dict.fromkeys(VERSIONS, "'superseded_at'")}
GRANT = f"""
GRANT SELECT, INSERT ON {", ".join(NEVER + VERSIONS)} TO {ROLE};
GRANT UPDATE (superseded_at) ON {", ".join(VERSIONS)} TO {ROLE};
"""
REVOKE = f"REVOKE ALL ON {', '.join(NEVER + VERSIONS)} FROM {ROLE}"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_web_role"),
        ("partners", "0002_secret_permission"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("reason_code", models.CharField(max_length=32)),
                ("decided_at", models.DateTimeField()),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="cases.linkdecision",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-decided_at",),
                "permissions": [
                    ("decide_links", "Can merge and split cases, undo it, and decide a person's attributes"),
                    ("view_conflicts", "Can see a person's records side by side and where they conflict"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.linkdecision"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MergedCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="cases.linkdecision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("reference", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.linkdecision"
                    ),
                ),
                (
                    "from_case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AttributeDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("field", models.CharField(max_length=32)),
                ("code", models.CharField(help_text="_N: nothing is decided any longer.", max_length=32)),
                ("reason_code", models.CharField(max_length=32)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("case", "field"),
                        name="attributedecision_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "field__in",
                                [
                                    "region",
                                    "detected_by",
                                    "gender",
                                    "age_band",
                                    "minor_when_exploited",
                                    "citizenship",
                                    "residence_basis",
                                    "exploitation",
                                ],
                            )
                        ),
                        name="attributedecision_field",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z0-9_]+$")), name="attributedecision_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason_code__in",
                                ("CONFIRMED", "BETTER_SOURCE", "ENTRY_ERROR", "CHANGED", "WRONG_DECISION", "_O"),
                            )
                        ),
                        name="attributedecision_reason_code_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("superseded_at__gte", models.F("recorded_at"))),
                        name="attributedecision_superseded_later",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="linkdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["MERGE", "SPLIT", "UNDO"])), name="linkdecision_kind_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason_code__in",
                        ("CONFIRMED", "MATCH", "TOKEN_LOST", "TOKEN_MIXED_UP", "TWO_PERSONS", "WRONG_DECISION", "_O"),
                    )
                ),
                name="linkdecision_reason_code_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "UNDO"), ("undoes__isnull", False)),
                    models.Q(models.Q(("kind", "UNDO"), _negated=True), ("undoes", None)),
                    _connector="OR",
                ),
                name="linkdecision_undoes",
            ),
        ),
        migrations.AddIndex(
            model_name="caselink",
            index=models.Index(models.F("case"), name="caselink_case"),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(("superseded_at__gte", models.F("recorded_at"))), name="caselink_superseded_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)), fields=("case",), name="caselink_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", models.F("person")), _negated=True), name="caselink_other"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergedcase",
            constraint=models.UniqueConstraint(fields=("decision", "case"), name="mergedcase_once"),
        ),
        migrations.AddConstraint(
            model_name="recordlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("superseded_at__gte", models.F("recorded_at"))), name="recordlink_superseded_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="recordlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("partner", "reference", "from_case"),
                name="recordlink_current",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="recordlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", models.F("from_case")), _negated=True), name="recordlink_other"
            ),
        ),
        *(
            migrations.RunSQL(TRIGGER.format(table=table, columns=columns), f"DROP TRIGGER append_only ON {table}")
            for table, columns in TRIGGERS.items()
        ),
        migrations.RunSQL(ENDED, "DROP FUNCTION henvis_link_ended"),
        *(migrations.RunSQL(ENDS.format(table=table), f"DROP TRIGGER ended ON {table}") for table in VERSIONS),
        migrations.RunSQL(GRANT, REVOKE),
    ]
