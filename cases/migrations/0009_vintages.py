"""Vintages: change notes, tables of changes, errata; and nothing of a release can be emptied with TRUNCATE either.

The door to exact changes gives the figures and writes its log row in one statement, as that to exact cells does (0005).
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

ROLE = "henvis_web"
DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
# Releases of before this migration, that have had no notes: the trigger rests for the one statement that says so.
OLD_NOTES = """
ALTER TABLE cases_release DISABLE TRIGGER append_only;
UPDATE cases_release SET
    change_notes_da = 'Fra før der blev skrevet noter om ændringer.',
    change_notes_en = 'From before change notes were written.'
WHERE vintage > 1;
ALTER TABLE cases_release ENABLE TRIGGER append_only;
"""

SCHEMA = "ALTER TABLE cases_draftchange SET SCHEMA build;"
SCHEMA_BACK = "ALTER TABLE build.cases_draftchange SET SCHEMA public;"

APPEND_ONLY = ("build.cases_draftchange", "public.cases_publishedchange", "public.cases_erratum")
TRIGGERS = f"""
{
    "".join(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION henvis_append_only();"
        for table in APPEND_ONLY
    )
}
CREATE TRIGGER sealed BEFORE INSERT ON build.cases_draftchange FOR EACH ROW EXECUTE FUNCTION henvis_sealed();
CREATE TRIGGER sealed BEFORE INSERT ON cases_publishedchange FOR EACH ROW EXECUTE FUNCTION henvis_published();

CREATE FUNCTION henvis_erratum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_publication WHERE release_id = NEW.release_id) THEN
        RAISE EXCEPTION '% is not published: an erratum is of what was read', NEW.release_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.published_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER of_published BEFORE INSERT ON cases_erratum FOR EACH ROW EXECUTE FUNCTION henvis_erratum();
"""
TRIGGERS_BACK = f"""
{"".join(f"DROP TRIGGER append_only ON {table};" for table in APPEND_ONLY)}
DROP TRIGGER sealed ON build.cases_draftchange;
DROP TRIGGER sealed ON cases_publishedchange;
DROP TRIGGER of_published ON cases_erratum;
DROP FUNCTION henvis_erratum;
"""

# A trigger of rows does not hear of TRUNCATE.
RELEASED = (
    "public.cases_release",
    "build.cases_releasetable",
    "build.cases_protectedtable",
    "build.cases_snapshotrecord",
    "build.cases_proof",
    "public.cases_publishedtable",
    "public.cases_certificate",
    "public.cases_publication",
    "public.cases_withdrawal",
    "public.cases_factdecision",
    *APPEND_ONLY,
)
NEVER_EMPTIED = f"""
CREATE FUNCTION henvis_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
{
    "".join(
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION henvis_never_emptied();"
        for table in RELEASED
    )
}
"""
NEVER_EMPTIED_BACK = f"""
{"".join(f"DROP TRIGGER never_emptied ON {table};" for table in RELEASED)}
DROP FUNCTION henvis_never_emptied;
"""

EXACT_CHANGES = f"""
CREATE FUNCTION henvis_exact_changes(
    client bigint, staff integer, purpose text, query text, release text, since text, of_dataset text, of_axes text
) RETURNS TABLE (dataset text, axes text, codes text, before text, after text)
LANGUAGE plpgsql {DEFINER} AS $$
#variable_conflict use_column
BEGIN
    IF coalesce(purpose, '') = '' OR release !~ '^[0-9Qvpa.-]+$' OR since !~ '^[0-9Qvpa.-]+$' THEN
        PERFORM public.henvis_refuse('Exact figures are read for a purpose, by the names of two releases.');
    END IF;
    PERFORM public.henvis_audit(client, staff, 'statistics.exact', release, jsonb_build_object(
        'purpose', purpose, 'query', query, 'releases', jsonb_build_array(release), 'compared_with', jsonb_build_array(since)
    ));
    RAISE LOG 'henvis: exact changes of % since % read by client %, user %', release, since, client, staff;
    -- Only tables that both have: of a table that one lacks, nothing is known to have changed.
    RETURN QUERY
        SELECT new.dataset::text, new.axes::text, string_agg(cell.code, ',' ORDER BY cell.code),
               string_agg(cell.before::text, ',' ORDER BY cell.code), string_agg(cell.after::text, ',' ORDER BY cell.code)
        FROM build.cases_releasetable new
        JOIN build.cases_releasetable old ON old.release_id = since AND old.dataset = new.dataset AND old.axes = new.axes
        LEFT JOIN LATERAL (
            SELECT coalesce(n.code, o.code) AS code, coalesce(o.count, 0) AS before, coalesce(n.count, 0) AS after
            FROM unnest(new.codes, new.counts) AS n (code, count)
            FULL JOIN unnest(old.codes, old.counts) AS o (code, count) ON o.code = n.code
            WHERE coalesce(o.count, 0) <> coalesce(n.count, 0)
        ) cell ON true
        WHERE new.release_id = release AND coalesce(new.dataset = of_dataset, true) AND coalesce(new.axes = of_axes, true)
        GROUP BY new.dataset, new.axes;
END $$;
REVOKE ALL ON FUNCTION henvis_exact_changes FROM PUBLIC;
"""

PUBLISH = f"""
CREATE OR REPLACE FUNCTION henvis_publish(release text, staff integer) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    draft public.cases_release;
    proof record;
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    SELECT * INTO draft FROM public.cases_release WHERE id = release AND audience IN ('public', 'authority');
    IF draft.id IS NULL THEN
        PERFORM public.henvis_refuse('There is no such protected release.');
    END IF;
    IF EXISTS (SELECT FROM public.cases_publication WHERE release_id = release) THEN
        PERFORM public.henvis_refuse(format('%s is published already.', release));
    END IF;
    IF draft.user_id IS NULL OR draft.user_id = staff THEN
        PERFORM public.henvis_refuse('Two members of staff are needed: one who had it built, and another who approves.');
    END IF;
    SELECT * INTO proof FROM public.henvis_proof(release);
    IF proof.passed IS NOT TRUE THEN
        PERFORM public.henvis_refuse(format('%s has no proof that passed.', release));
    END IF;
    IF proof.stale THEN
        PERFORM public.henvis_refuse(format('The proof of %s is stale: build it again, since releases were published or facts decided.', release));
    END IF;
    INSERT INTO public.cases_publishedtable (release_id, dataset, axes, codes, counts, hidden, offered)
    SELECT release_id, dataset, axes, codes, counts, hidden, offered FROM build.cases_protectedtable WHERE release_id = release;
    {{changes}}
    INSERT INTO public.cases_certificate (release_id, body)
    SELECT release_id, certificate FROM build.cases_proof WHERE release_id = release AND draft.audience = 'public';
    INSERT INTO public.cases_publication (release_id, user_id) VALUES (release, staff);
    PERFORM public.henvis_audit(NULL, staff, 'release.publish', release, jsonb_build_object('built_by', draft.user_id));
END $$;
"""
CHANGES = """
    INSERT INTO public.cases_publishedchange (release_id, since_id, dataset, axes, codes, before, after, change)
    SELECT release_id, since_id, dataset, axes, codes, before, after, change FROM build.cases_draftchange WHERE release_id = release;
"""
PUBLISH_WITH, PUBLISH_WITHOUT = PUBLISH.replace("{changes}", CHANGES.strip()), PUBLISH.replace("    {changes}\n", "")

GRANT = f"""
GRANT SELECT (change_notes_da, change_notes_en) ON cases_release TO {ROLE};
GRANT SELECT ON cases_publishedchange TO {ROLE};
GRANT SELECT, INSERT ON cases_erratum TO {ROLE};
GRANT EXECUTE ON FUNCTION henvis_exact_changes TO {ROLE};
"""
REVOKE = f"""
REVOKE SELECT (change_notes_da, change_notes_en) ON cases_release FROM {ROLE};
REVOKE ALL ON cases_publishedchange, cases_erratum FROM {ROLE};
REVOKE ALL ON FUNCTION henvis_exact_changes FROM {ROLE};
"""


def said(*names: str) -> models.Q:
    """Texts that say something."""
    return models.Q(*((f"{name}__regex", "\\S") for name in names))


def notes(help_text: str = "") -> models.CharField:
    """The change notes in one language."""
    more = {"blank": True, "help_text": help_text} if help_text else {}
    return models.CharField(default="", max_length=2000, **more)


ORDER_HELP = (
    "What changed since the last release of the period; needed where there is one. Everybody may read it, for ever."
)


def changes(name: str) -> migrations.CreateModel:
    """A table of changes."""
    numbers = [
        (array, django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True)))
        for array in ("before", "after", "change")
    ]
    return migrations.CreateModel(
        name=name,
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "release_id", "dataset", "axes", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
            ("dataset", models.CharField(max_length=16)),
            ("axes", models.CharField(max_length=200)),
            ("codes", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
            *numbers,
            (
                "release",
                models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="cases.release"),
            ),
            (
                "since",
                models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.release"
                ),
            ),
        ],
        options={"abstract": False},
    )


def constraints(name: str) -> list[migrations.AddConstraint]:
    """What holds of a table of changes."""
    alike = [
        models.CheckConstraint(
            condition=models.Q(("codes__len", models.F(f"{array}__len"))), name=f"{name}_{array}_of_codes"
        )
        for array in ("before", "after", "change")
    ]
    another = models.CheckConstraint(
        condition=models.Q(("since", models.F("release")), _negated=True), name=f"{name}_since_another"
    )
    return [migrations.AddConstraint(model_name=name, constraint=each) for each in (*alike, another)]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_duplicates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="release", name="change_notes_da", field=notes()),
        migrations.AddField(model_name="release", name="change_notes_en", field=notes()),
        migrations.AddField(model_name="buildorder", name="change_notes_da", field=notes(ORDER_HELP)),
        migrations.AddField(model_name="buildorder", name="change_notes_en", field=notes(ORDER_HELP)),
        migrations.RunSQL(OLD_NOTES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vintage", 1),
                    said("change_notes_da", "change_notes_en"),
                    _connector="OR",
                ),
                name="release_change_notes_of_vintages",
            ),
        ),
        changes("DraftChange"),
        changes("PublishedChange"),
        migrations.CreateModel(
            name="Erratum",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("text_da", models.CharField(help_text="Everybody may read it, for ever.", max_length=2000)),
                ("text_en", models.CharField(help_text="Everybody may read it, for ever.", max_length=2000)),
                (
                    "published_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "release",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.release"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ("published_at", "id"), "verbose_name_plural": "errata"},
        ),
        *constraints("draftchange"),
        *constraints("publishedchange"),
        migrations.AddConstraint(
            model_name="erratum",
            constraint=models.CheckConstraint(condition=said("text_da", "text_en"), name="erratum_said"),
        ),
        migrations.RunSQL(SCHEMA, SCHEMA_BACK),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
        migrations.RunSQL(NEVER_EMPTIED, NEVER_EMPTIED_BACK),
        migrations.RunSQL(EXACT_CHANGES, "DROP FUNCTION henvis_exact_changes"),
        migrations.RunSQL(PUBLISH_WITH, PUBLISH_WITHOUT),
        migrations.RunSQL(GRANT, REVOKE),
    ]
