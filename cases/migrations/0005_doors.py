"""The doors to the schema `build`: functions that run with their owner's rights, for a role that may not enter it itself.

Each locks what it decides on, checks, acts and writes its audit row. Names are written out in full, and the search path is that of
the system alone, so that nobody can put a table of the same name in between. What they refuse has the code HE001 and a sentence
for staff, without a figure.

`henvis_exact` also writes a line to the server's log: a caller that rolls its transaction back takes the audit row with it, but
not the line.
"""

from django.db import migrations

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

REFUSE = """
CREATE FUNCTION henvis_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'HE001';
END $$;
"""

AUDIT = f"""
CREATE FUNCTION henvis_audit(client bigint, staff integer, action text, subject text, detail jsonb) RETURNS void
LANGUAGE sql {DEFINER} AS $$
    INSERT INTO public.partners_auditevent (id, client_id, user_id, action, subject, detail)
    VALUES (gen_random_uuid(), client, staff, action, subject, detail)
$$;
"""

EXACT = f"""
CREATE FUNCTION henvis_exact(
    client bigint, staff integer, purpose text, query text, of_dataset text, releases text[], compared text[], tables text[]
) RETURNS TABLE (release_id text, axes text, codes text, counts text)
LANGUAGE plpgsql {DEFINER} AS $$
#variable_conflict use_column
BEGIN
    IF coalesce(purpose, '') = '' OR tables IS NULL OR releases IS NULL OR compared IS NULL OR of_dataset !~ '^[a-z]+$' THEN
        PERFORM public.henvis_refuse('Exact figures are read for a purpose, by the names of releases and tables.');
    END IF;
    -- Not through henvis_audit, whose statement would be planned anew for every query.
    INSERT INTO public.partners_auditevent (id, client_id, user_id, action, subject, detail)
    VALUES (gen_random_uuid(), client, staff, 'statistics.exact', of_dataset, jsonb_build_object(
        'purpose', purpose, 'query', query, 'releases', releases, 'compared_with', compared, 'tables', tables
    ));
    RAISE LOG 'henvis: exact figures of % read by client %, user %', of_dataset, client, staff;
    RETURN QUERY
        SELECT t.release_id::text, t.axes::text, array_to_string(t.codes, ','), array_to_string(t.counts, ',')
        FROM build.cases_releasetable t
        WHERE t.dataset = of_dataset AND t.release_id = ANY (releases || compared) AND t.axes = ANY (tables);
END $$;

CREATE FUNCTION henvis_exact_totals(client bigint, staff integer, purpose text, release text)
RETURNS TABLE (records jsonb, cells jsonb, digest text)
LANGUAGE plpgsql {DEFINER} AS $$
#variable_conflict use_column
BEGIN
    IF coalesce(purpose, '') = '' OR release !~ '^[0-9Qvpa.-]+$' THEN
        PERFORM public.henvis_refuse('Exact figures are read for a purpose, by the name of a release.');
    END IF;
    PERFORM public.henvis_audit(client, staff, 'statistics.exact', release, jsonb_build_object(
        'purpose', purpose, 'releases', jsonb_build_array(release)
    ));
    RAISE LOG 'henvis: totals of % read by client %, user %', release, client, staff;
    RETURN QUERY
        SELECT r.records, r.cells, r.digest::text FROM public.cases_release r
        WHERE r.id = release AND r.audience = 'exact';
END $$;
"""

# Locks first, so that of two people who act at once the second sees what the first has done; that needs READ COMMITTED.
MAY = f"""
CREATE FUNCTION henvis_may_approve(staff integer) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
    SELECT EXISTS (
        SELECT FROM public.auth_user u
        WHERE u.id = staff AND u.is_active AND u.is_staff AND (u.is_superuser OR EXISTS (
            SELECT FROM public.auth_permission p
            JOIN public.django_content_type c ON c.id = p.content_type_id AND c.app_label = 'cases' AND c.model = 'release'
            WHERE p.codename = 'approve_release' AND (
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

CREATE FUNCTION henvis_begin_approval(staff integer) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM public.henvis_refuse('Releases are published and withdrawn at READ COMMITTED.');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.publish', 0));
    IF NOT public.henvis_may_approve(staff) THEN
        PERFORM public.henvis_refuse('Only active staff with the right approve_release may do this.');
    END IF;
END $$;
"""

PROOF = f"""
CREATE FUNCTION henvis_proof(release text) RETURNS TABLE (passed boolean, stale boolean, margins jsonb)
LANGUAGE sql STABLE {DEFINER} AS $$
    SELECT p.passed,
           ARRAY(SELECT jsonb_array_elements_text(p.against) ORDER BY 1)
               IS DISTINCT FROM ARRAY(SELECT release_id::text FROM public.cases_publication ORDER BY 1)
           OR EXISTS (
               SELECT FROM public.cases_factdecision d JOIN public.cases_release r ON r.id = release
               WHERE d.decided_at > r.built_at
           ),
           p.margins
    FROM build.cases_proof p WHERE p.release_id = release
$$;
"""

PUBLISH = f"""
CREATE FUNCTION henvis_publish(release text, staff integer) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
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
    INSERT INTO public.cases_certificate (release_id, body)
    SELECT release_id, certificate FROM build.cases_proof WHERE release_id = release AND draft.audience = 'public';
    INSERT INTO public.cases_publication (release_id, user_id) VALUES (release, staff);
    PERFORM public.henvis_audit(NULL, staff, 'release.publish', release, jsonb_build_object('built_by', draft.user_id));
END $$;
"""

WITHDRAW = f"""
CREATE FUNCTION henvis_withdraw(release text, by_release text, why text, staff integer) RETURNS void
LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    IF coalesce(why, '') !~ '\\S' THEN
        PERFORM public.henvis_refuse('A withdrawal needs a reason.');
    END IF;
    IF NOT EXISTS (SELECT FROM public.cases_publication WHERE release_id = release) THEN
        PERFORM public.henvis_refuse('There is no such published release.');
    END IF;
    IF EXISTS (SELECT FROM public.cases_withdrawal WHERE release_id = release) THEN
        PERFORM public.henvis_refuse(format('%s is withdrawn already.', release));
    END IF;
    IF by_release = release OR NOT EXISTS (
        SELECT FROM public.cases_release gone
        JOIN public.cases_release next ON next.audience = gone.audience AND next.period = gone.period
        JOIN public.cases_publication p ON p.release_id = next.id
        WHERE gone.id = release AND next.id = by_release
        AND NOT EXISTS (SELECT FROM public.cases_withdrawal w WHERE w.release_id = next.id)
    ) THEN
        PERFORM public.henvis_refuse(
            'The replacement is another published release of the same period and audience that is not withdrawn itself.'
        );
    END IF;
    INSERT INTO public.cases_withdrawal (release_id, replacement_id, reason, user_id) VALUES (release, by_release, why, staff);
    PERFORM public.henvis_audit(NULL, staff, 'release.withdraw', release, jsonb_build_object('replacement', by_release));
END $$;
"""

# A version is superseded by the next one and at its moment. Checked when the transaction ends: the next one comes after, and a
# purge may have taken both.
SUCCEEDED = """
CREATE FUNCTION henvis_succeeded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found boolean;
BEGIN
    IF TG_TABLE_NAME = 'cases_referral' THEN
        found := NOT EXISTS (SELECT FROM public.cases_referral WHERE id = NEW.id) OR EXISTS (
            SELECT FROM public.cases_referral v
            WHERE v.partner_id = NEW.partner_id AND v.reference = NEW.reference
            AND v.version = NEW.version + 1 AND v.recorded_at = NEW.superseded_at
        );
    ELSE
        found := NOT EXISTS (SELECT FROM public.cases_assessment WHERE id = NEW.id) OR EXISTS (
            SELECT FROM public.cases_assessment v
            WHERE v.partner_id = NEW.partner_id AND v.case_id = NEW.case_id
            AND v.version = NEW.version + 1 AND v.recorded_at = NEW.superseded_at
        );
    END IF;
    IF NOT found THEN
        RAISE EXCEPTION 'a version of % is superseded by none', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER succeeded AFTER UPDATE ON cases_referral DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION henvis_succeeded();
CREATE CONSTRAINT TRIGGER succeeded AFTER UPDATE ON cases_assessment DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION henvis_succeeded();
"""
SUCCEEDED_BACK = """
DROP TRIGGER succeeded ON cases_referral;
DROP TRIGGER succeeded ON cases_assessment;
DROP FUNCTION henvis_succeeded;
"""

FUNCTIONS = (
    "henvis_refuse",
    "henvis_audit",
    "henvis_exact",
    "henvis_exact_totals",
    "henvis_may_approve",
    "henvis_begin_approval",
    "henvis_proof",
    "henvis_publish",
    "henvis_withdraw",
)
BACK = "".join(f"DROP FUNCTION {name};" for name in FUNCTIONS)
# A new function is everybody's to call until it is said otherwise.
CLOSED = "".join(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC;" for name in FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_protected_releases"), ("partners", "0002_secret_permission")]

    operations = [
        migrations.RunSQL(REFUSE + AUDIT + EXACT + MAY + PROOF + PUBLISH + WITHDRAW + CLOSED, BACK),
        migrations.RunSQL(SUCCEEDED, SUCCEEDED_BACK),
    ]
