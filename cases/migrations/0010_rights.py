"""Erasing a person: tombstones, and the one door through what is append-only.

`henvis_erase` deletes every row of a person's cases and records, in the locks that writers share, and writes the tombstone. While it
runs, and only then, the setting `henvis.erase` is on; the triggers heed it only of the tables' owner, so that the web server's role
gains nothing by setting it, and only of the tables and columns that are named here: no setting lets a release be changed.
"""

import uuid
from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

ROLE = "henvis_web"
DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
READ_ONLY = ("cases_tombstone", "cases_erasedtoken", "cases_erasedreference")

ERASABLE = (
    "cases_case",
    "cases_referral",
    "cases_assessment",
    "cases_linkdecision",
    "cases_mergedcase",
    "cases_caselink",
    "cases_recordlink",
    "cases_attributedecision",
    "cases_duplicatedecision",
)
# What of the rows that stay leads to a case that goes.
MOVABLE = {
    "cases_referral": "{case_id}",
    "cases_assessment": "{case_id}",
    "cases_recordlink": "{from_case_id}",
    "cases_snapshotrecord": "{record}",
    "cases_erasedknowledge": "{record}",
    "partners_auditevent": "{subject,detail}",
}

OWNED = "current_user = (SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = TG_RELID)"

APPEND_ONLY = f"""
CREATE OR REPLACE FUNCTION henvis_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed text[] := coalesce(TG_ARGV::text[], '{{}}');
    erasing CONSTANT boolean := coalesce(current_setting('henvis.erase', true), '') = 'on' AND {OWNED};
    movable text[];
    name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF erasing AND TG_TABLE_NAME = ANY ('{{{",".join(ERASABLE)}}}'::text[]) THEN
            RETURN OLD;
        END IF;
        IF TG_TABLE_NAME = 'cases_referral' AND coalesce(current_setting('henvis.purge', true), '') = 'on' AND {OWNED} THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% is append-only: DELETE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF erasing THEN
        movable := CASE TG_TABLE_NAME
            {" ".join(f"WHEN '{table}' THEN '{columns}'" for table, columns in MOVABLE.items())} ELSE '{{}}' END;
        IF to_jsonb(NEW) - movable = to_jsonb(OLD) - movable THEN
            RETURN NEW;
        END IF;
    END IF;
    IF to_jsonb(NEW) - allowed <> to_jsonb(OLD) - allowed THEN
        RAISE EXCEPTION '% is append-only: UPDATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    FOREACH name IN ARRAY allowed LOOP
        IF to_jsonb(OLD) -> name <> 'null'::jsonb THEN
            RAISE EXCEPTION '% is append-only: UPDATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""
APPEND_ONLY_BACK = import_module("cases.migrations.0002_append_only").FUNCTION.replace("CREATE", "CREATE OR REPLACE", 1)

# As before, but of versions and links that end: those that an erasure moves to another case do not.
ENDING = (
    "BEGIN\n    IF NEW.superseded_at IS NOT DISTINCT FROM OLD.superseded_at THEN\n        RETURN NULL;\n    END IF;\n"
)
ENDS_BACK = "".join(
    function.replace("CREATE", "CREATE OR REPLACE", 1)
    for function in (
        import_module("cases.migrations.0005_doors").SUCCEEDED.split("CREATE CONSTRAINT TRIGGER")[0],
        import_module("cases.migrations.0007_linking").ENDED,
    )
)
# And a link that was ended and erased in one transaction needs no decision any more.
GONE = " OR ".join(
    f"(TG_TABLE_NAME = '{table}' AND NOT EXISTS (SELECT FROM public.{table} WHERE id = NEW.id))"
    for table in ("cases_caselink", "cases_recordlink")
)
ENDS = ENDS_BACK.replace("BEGIN\n", ENDING).replace(
    "found := EXISTS (SELECT FROM public.cases_linkdecision",
    f"found := {GONE} OR EXISTS (SELECT FROM public.cases_linkdecision",
)

MAY = f"""
CREATE FUNCTION henvis_may(staff integer, allowed text) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
    SELECT EXISTS (
        SELECT FROM public.auth_user u
        WHERE u.id = staff AND u.is_active AND u.is_staff AND (u.is_superuser OR EXISTS (
            SELECT FROM public.auth_permission p
            JOIN public.django_content_type c ON c.id = p.content_type_id AND c.app_label = 'cases' AND c.model = 'tombstone'
            WHERE p.codename = allowed AND (
                EXISTS (
                    SELECT FROM public.auth_user_user_permissions own
                    WHERE own.user_id = u.id AND own.permission_id = p.id
                ) OR EXISTS (
                    SELECT FROM public.auth_user_groups g
                    JOIN public.auth_group_permissions gp ON gp.group_id = g.group_id
                    WHERE g.user_id = u.id AND gp.permission_id = p.id
                )
            )
        ))
    )
$$;
"""

# A record is of the case that a split moved it to, or of its own.
OF_PEOPLE = f"""
CREATE FUNCTION henvis_referrals_of(people uuid[]) RETURNS TABLE (partner_id uuid, reference uuid)
LANGUAGE sql STABLE {DEFINER} AS $$
    SELECT r.partner_id, r.reference FROM public.cases_referral r
    WHERE r.superseded_at IS NULL AND r.case_id = ANY (people) AND NOT EXISTS (
        SELECT FROM public.cases_recordlink x
        WHERE x.superseded_at IS NULL AND x.partner_id = r.partner_id AND x.reference = r.reference AND x.from_case_id = r.case_id
    )
    UNION
    SELECT r.partner_id, r.reference FROM public.cases_recordlink x
    JOIN public.cases_referral r ON r.partner_id = x.partner_id AND r.reference = x.reference AND r.case_id = x.from_case_id
    WHERE r.superseded_at IS NULL AND x.superseded_at IS NULL AND x.case_id = ANY (people)
$$;

CREATE FUNCTION henvis_assessments_of(people uuid[]) RETURNS TABLE (partner_id uuid, case_id uuid)
LANGUAGE sql STABLE {DEFINER} AS $$
    SELECT a.partner_id, a.case_id FROM public.cases_assessment a
    WHERE a.superseded_at IS NULL AND a.case_id = ANY (people) AND NOT EXISTS (
        SELECT FROM public.cases_recordlink x
        WHERE x.superseded_at IS NULL AND x.partner_id = a.partner_id AND x.reference IS NULL AND x.from_case_id = a.case_id
    )
    UNION
    SELECT a.partner_id, a.case_id FROM public.cases_recordlink x
    JOIN public.cases_assessment a ON a.partner_id = x.partner_id AND x.reference IS NULL AND a.case_id = x.from_case_id
    WHERE a.superseded_at IS NULL AND x.superseded_at IS NULL AND x.case_id = ANY (people)
$$;
"""

# Writers share the second lock, so none of them is half way. That of decisions on links and of a search for duplicates comes first:
# a search may hold it for long, and no writer is to wait for that.
BEGIN = f"""
CREATE FUNCTION henvis_begin_erasure(staff integer, people uuid[], partners uuid[], refs uuid[]) RETURNS void
LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM public.henvis_refuse('Persons are erased at READ COMMITTED.');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.linking', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.erase', 0));
    IF NOT public.henvis_may(staff, 'erase_case') THEN
        PERFORM public.henvis_refuse('Only active staff with the right erase_case may do this.');
    END IF;
    PERFORM FROM public.cases_case c WHERE c.id = ANY (people) ORDER BY c.id FOR UPDATE;
    IF (
        SELECT count(*) <> cardinality(people) OR count(DISTINCT coalesce(l.person_id, c.id)) <> 1
        FROM public.cases_case c LEFT JOIN public.cases_caselink l ON l.case_id = c.id AND l.superseded_at IS NULL
        WHERE c.id = ANY (people)
    ) OR EXISTS (
        SELECT FROM public.cases_caselink l
        WHERE l.superseded_at IS NULL AND (l.case_id = ANY (people)) <> (l.person_id = ANY (people))
    ) OR ARRAY(SELECT partner_id || ' ' || reference FROM public.henvis_referrals_of(people) ORDER BY 1)
        IS DISTINCT FROM ARRAY(SELECT e.partner || ' ' || e.reference FROM unnest(partners, refs) AS e (partner, reference) ORDER BY 1)
    THEN
        PERFORM public.henvis_refuse('What is held about this person has changed meanwhile: look again.');
    END IF;
END $$;
"""

# What protected releases counted stays, under a new random id, the same in all of them; and so does who knows of her: later audits
# compare vintages by these ids, and protect the others of her cells from those who can subtract her. Whoever knows a case knows those
# that it was ever merged with, hers and those that are not erased.
COUNTED = f"""
CREATE FUNCTION henvis_unlink_counted(people uuid[], partners uuid[]) RETURNS integer
LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    circle uuid[];
    person uuid;
    fresh uuid;
    n integer;
    total integer := 0;
BEGIN
    circle := ARRAY(
        WITH ever AS (
            SELECT case_id, person_id FROM public.cases_caselink UNION SELECT person_id, person_id FROM public.cases_caselink
        )
        SELECT unnest(people)
        UNION SELECT other.case_id FROM ever one JOIN ever other ON other.person_id = one.person_id WHERE one.case_id = ANY (people)
    );
    FOREACH person IN ARRAY circle LOOP
        fresh := person;
        IF person = ANY (people) THEN
            fresh := gen_random_uuid();
            UPDATE build.cases_snapshotrecord SET record = fresh WHERE record = person;
            GET DIAGNOSTICS n = ROW_COUNT;
            total := total + n;
            UPDATE build.cases_erasedknowledge SET record = fresh WHERE record = person;
        END IF;
        INSERT INTO build.cases_erasedknowledge (record, partner_id, decided)
        SELECT fresh, k.partner_id, k.decided FROM (
            SELECT r.partner_id, false AS decided FROM public.cases_referral r WHERE r.case_id = ANY (circle)
            UNION SELECT e.partner, false FROM unnest(partners) AS e (partner)
            UNION SELECT a.partner_id, true FROM public.cases_assessment a WHERE a.case_id = ANY (circle)
            UNION SELECT x.partner_id, x.reference IS NULL FROM public.cases_recordlink x WHERE x.case_id = ANY (circle)
        ) AS k
        WHERE EXISTS (SELECT FROM build.cases_snapshotrecord s WHERE s.record = fresh)
        ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN total;
END $$;
"""

# Versions that stay and lead to a case that goes are another person's: a split moved them, or a correction. They keep a case of
# their own, with a new id and a new token.
KEEP = f"""
CREATE FUNCTION henvis_keep_others(people uuid[], spare text[], world boolean) RETURNS integer
LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    other record;
    fresh uuid;
    total integer := 0;
BEGIN
    FOR place IN 1 .. cardinality(people) LOOP
        SELECT k.partner_id, k.recorded_at INTO other FROM (
            SELECT partner_id, recorded_at FROM public.cases_referral WHERE case_id = people[place]
            UNION ALL SELECT partner_id, recorded_at FROM public.cases_assessment WHERE case_id = people[place]
        ) AS k ORDER BY k.recorded_at LIMIT 1;
        CONTINUE WHEN NOT FOUND;
        fresh := gen_random_uuid();
        INSERT INTO public.cases_case (id, token, test, token_unknown, opened_at, opened_by_id)
        VALUES (fresh, spare[place], world, false, other.recorded_at, other.partner_id);
        UPDATE public.cases_referral SET case_id = fresh WHERE case_id = people[place];
        UPDATE public.cases_assessment SET case_id = fresh WHERE case_id = people[place];
        UPDATE public.cases_recordlink SET from_case_id = fresh
        WHERE from_case_id = people[place] AND superseded_at IS NULL AND case_id <> ALL (people);
        total := total + 1;
    END LOOP;
    RETURN total;
END $$;
"""

# A decision goes when it and its undoing say nothing of anybody else: alone, either would come back to life or dangle.
LINKS = f"""
CREATE FUNCTION henvis_erase_links(people uuid[], partners uuid[], refs uuid[]) RETURNS integer
LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    roots uuid[];
    n integer;
    total integer := 0;
BEGIN
    roots := ARRAY(
        SELECT coalesce(d.undoes_id, d.id) FROM public.cases_linkdecision d WHERE d.id IN (
            SELECT decision_id FROM public.cases_mergedcase WHERE case_id = ANY (people)
            UNION SELECT decision_id FROM public.cases_caselink WHERE case_id = ANY (people) OR person_id = ANY (people)
            UNION SELECT decision_id FROM public.cases_recordlink WHERE case_id = ANY (people) OR from_case_id = ANY (people)
        )
    );
    DELETE FROM public.cases_mergedcase WHERE case_id = ANY (people);
    GET DIAGNOSTICS n = ROW_COUNT;
    total := total + n;
    DELETE FROM public.cases_caselink WHERE case_id = ANY (people) OR person_id = ANY (people);
    GET DIAGNOSTICS n = ROW_COUNT;
    total := total + n;
    DELETE FROM public.cases_recordlink x
    WHERE x.case_id = ANY (people) OR x.from_case_id = ANY (people)
    OR EXISTS (SELECT FROM unnest(partners, refs) AS e (partner, reference) WHERE e.partner = x.partner_id AND e.reference = x.reference);
    GET DIAGNOSTICS n = ROW_COUNT;
    total := total + n;
    DELETE FROM public.cases_linkdecision d
    WHERE coalesce(d.undoes_id, d.id) = ANY (roots) AND NOT EXISTS (
        SELECT FROM public.cases_linkdecision s
        WHERE coalesce(s.undoes_id, s.id) = coalesce(d.undoes_id, d.id) AND (
            EXISTS (SELECT FROM public.cases_mergedcase m WHERE m.decision_id = s.id)
            OR EXISTS (SELECT FROM public.cases_caselink l WHERE l.decision_id = s.id)
            OR EXISTS (SELECT FROM public.cases_recordlink x WHERE x.decision_id = s.id)
            OR EXISTS (SELECT FROM public.cases_duplicatedecision c WHERE c.merge_id = s.id)
        )
    );
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN total + n;
END $$;
"""

# What staff did to a case stays told, of the tombstone instead.
TOLD = f"""
CREATE FUNCTION henvis_rename_told(people uuid[], stone uuid) RETURNS void
LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    person uuid;
BEGIN
    FOREACH person IN ARRAY people LOOP
        UPDATE public.partners_auditevent SET
            subject = replace(subject, person::text, stone::text),
            detail = replace(detail::text, person::text, stone::text)::jsonb
        WHERE strpos(subject, person::text) > 0 OR strpos(detail::text, person::text) > 0;
        UPDATE public.django_admin_log SET
            object_id = replace(object_id, person::text, stone::text),
            object_repr = replace(object_repr, person::text, stone::text),
            change_message = replace(change_message, person::text, stone::text)
        WHERE strpos(coalesce(object_id, '') || object_repr || change_message, person::text) > 0;
    END LOOP;
END $$;
"""

ERASE = f"""
CREATE FUNCTION henvis_erase(
    staff integer, people uuid[], tokens text[], spare text[], partners uuid[], refs uuid[], names text[], why text
) RETURNS uuid LANGUAGE plpgsql {DEFINER} SET lock_timeout = '5s' AS $$
DECLARE
    stone CONSTANT uuid := gen_random_uuid();
    counts jsonb := jsonb_build_object('cases', cardinality(people), 'referrals', cardinality(refs));
    world boolean;
    n integer;
BEGIN
    PERFORM public.henvis_begin_erasure(staff, people, partners, refs);
    IF cardinality(tokens) <> cardinality(people) OR cardinality(spare) <> cardinality(people)
        OR cardinality(names) <> cardinality(refs)
    THEN
        PERFORM public.henvis_refuse('Every case and every referral that is erased leaves a digest.');
    END IF;
    PERFORM set_config('henvis.erase', 'on', true);
    SELECT bool_and(c.test) INTO world FROM public.cases_case c WHERE c.id = ANY (people);

    counts := counts || jsonb_build_object('counted_in_releases', public.henvis_unlink_counted(people, partners));
    DELETE FROM public.cases_assessment a USING public.henvis_assessments_of(people) e
    WHERE a.partner_id = e.partner_id AND a.case_id = e.case_id;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('assessment_versions', n);
    DELETE FROM public.cases_referral r USING unnest(partners, refs) AS e (partner, reference)
    WHERE r.partner_id = e.partner AND r.reference = e.reference;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('referral_versions', n);
    counts := counts || jsonb_build_object('cases_kept_for_others', public.henvis_keep_others(people, spare, world));
    DELETE FROM public.cases_attributedecision WHERE case_id = ANY (people);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('attribute_decisions', n);
    DELETE FROM public.cases_linkagecode k USING unnest(partners, refs) AS e (partner, reference)
    WHERE k.partner_id = e.partner AND k.reference = e.reference;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('linkage_codes', n);
    DELETE FROM public.cases_duplicate WHERE case_a_id = ANY (people) OR case_b_id = ANY (people);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('duplicate_candidates', n);
    DELETE FROM public.cases_duplicatedecision WHERE case_a_id = ANY (people) OR case_b_id = ANY (people);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('duplicate_decisions', n);
    counts := counts || jsonb_build_object('links', public.henvis_erase_links(people, partners, refs));
    DELETE FROM public.cases_case WHERE id = ANY (people);

    INSERT INTO public.cases_erasedreference (partner_id, digest)
    SELECT e.partner, e.name FROM unnest(partners, names) AS e (partner, name)
    UNION
    SELECT i.partner_id, i.key_digest FROM public.api_idempotencyrecord i
    JOIN unnest(partners, refs) AS e (partner, reference) ON i.partner_id = e.partner AND i.reference = e.reference
    ON CONFLICT DO NOTHING;
    DELETE FROM public.api_idempotencyrecord i USING unnest(partners, refs) AS e (partner, reference)
    WHERE i.partner_id = e.partner AND i.reference = e.reference;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('remembered_answers', n);
    -- What interrupted builds had found of her. They begin again.
    DELETE FROM build.cases_work;

    PERFORM public.henvis_rename_told(people, stone);
    PERFORM set_config('henvis.erase', 'off', true);
    INSERT INTO public.cases_tombstone (id, test, erased_at, user_id, reason_code, counts)
    VALUES (stone, world, clock_timestamp(), staff, why, counts);
    INSERT INTO public.cases_erasedtoken (digest, tombstone_id)
    SELECT e.token, stone FROM unnest(tokens) AS e (token) ON CONFLICT DO NOTHING;
    PERFORM public.henvis_audit(NULL, staff, 'case.erase', stone::text, counts || jsonb_build_object('reason_code', why));
    -- A row that was overlooked shows itself here, and not after the door is shut.
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN stone;
END $$;
"""

PRODUCE = f"""
CREATE FUNCTION henvis_produce(staff integer, people uuid[]) RETURNS TABLE (release_id text)
LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF NOT public.henvis_may(staff, 'produce_case') THEN
        PERFORM public.henvis_refuse('Only active staff with the right produce_case may do this.');
    END IF;
    PERFORM public.henvis_audit(NULL, staff, 'case.produce', people[1]::text, jsonb_build_object('cases', cardinality(people)));
    RETURN QUERY
        SELECT DISTINCT s.release_id::text FROM build.cases_snapshotrecord s WHERE s.record = ANY (people) ORDER BY 1;
END $$;
"""

# A draft that was built before somebody was erased counts her: it is not published any more.
PROOF_BODY = import_module("cases.migrations.0005_doors").PROOF
PROOF_BACK = PROOF_BODY.replace("CREATE", "CREATE OR REPLACE", 1)
PROOF = PROOF_BACK.replace(
    "           ),\n           p.margins",
    "           )\n           OR EXISTS (\n"
    "               SELECT FROM public.cases_tombstone t JOIN public.cases_release r ON r.id = release\n"
    "               WHERE t.erased_at > r.built_at AND NOT t.test\n"
    "           ),\n           p.margins",
    1,
)

FUNCTIONS = (
    "henvis_may",
    "henvis_referrals_of",
    "henvis_assessments_of",
    "henvis_begin_erasure",
    "henvis_unlink_counted",
    "henvis_keep_others",
    "henvis_erase_links",
    "henvis_rename_told",
    "henvis_erase",
    "henvis_produce",
)
TABLES = (*READ_ONLY, "build.cases_erasedknowledge")
TRIGGERS = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION henvis_append_only();"
    for table in TABLES
)
CLOSED = f"""
{"".join(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC;" for name in FUNCTIONS)}
GRANT SELECT ON {", ".join(READ_ONLY)} TO {ROLE};
GRANT EXECUTE ON FUNCTION henvis_erase, henvis_produce TO {ROLE};
"""
# Going back would forget who was erased, and a partner's system would send her again.
KEPT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM cases_tombstone) THEN
        RAISE EXCEPTION 'There are tombstones: keep them first (manage.py case tombstones), then empty the table by hand.';
    END IF;
END $$;
"""
BACK = f"""
REVOKE ALL ON {", ".join(READ_ONLY)} FROM {ROLE};
{"".join(f"DROP FUNCTION {name};" for name in reversed(FUNCTIONS))}
{"".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES)}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_vintages"),
        ("partners", "0002_secret_permission"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasedKnowledge",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "record", "partner_id", "decided", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("record", models.UUIDField()),
                ("decided", models.BooleanField()),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="partners.partner"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("test", models.BooleanField()),
                (
                    "erased_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("reason_code", models.CharField(max_length=32)),
                ("counts", models.JSONField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-erased_at", "id"),
                "permissions": [
                    ("produce_case", "Can produce everything that is held about the person of a case"),
                    ("erase_case", "Can erase the person of a case for good"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasedToken",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "tombstone",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to="cases.tombstone",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ErasedReference",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "partner_id", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="partners.partner"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="erasedreference_digest"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason_code__in", ("REQUESTED", "OBJECTED", "UNLAWFUL", "OBLIGED", "RESTORED"))),
                name="tombstone_reason_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasedtoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="erasedtoken_digest"
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE cases_erasedknowledge SET SCHEMA build",
            "ALTER TABLE build.cases_erasedknowledge SET SCHEMA public",
        ),
        migrations.RunSQL(APPEND_ONLY + ENDS + PROOF, APPEND_ONLY_BACK + ENDS_BACK + PROOF_BACK),
        migrations.RunSQL(
            MAY + OF_PEOPLE + BEGIN + COUNTED + KEEP + LINKS + TOLD + ERASE + PRODUCE + TRIGGERS + CLOSED, BACK
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
