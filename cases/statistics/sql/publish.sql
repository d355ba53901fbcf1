CREATE OR REPLACE FUNCTION henvis_may_approve(staff integer)
RETURNS boolean
LANGUAGE sql
STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM public.auth_user u
        WHERE u.id = staff AND u.is_active AND u.is_staff AND (u.is_superuser OR EXISTS (
            SELECT FROM public.auth_permission p
            JOIN public.django_content_type c ON c.id = p.content_type_id AND c.app_label = 'statistics' AND c.model = 'release'
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
REVOKE ALL ON FUNCTION henvis_may_approve FROM PUBLIC;

CREATE OR REPLACE FUNCTION henvis_begin_approval(staff integer)
RETURNS void
LANGUAGE plpgsql
 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM public.henvis_refuse('Releases are published and withdrawn at READ COMMITTED.');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.publish', 0));
    IF NOT public.henvis_may_approve(staff) THEN
        PERFORM public.henvis_refuse('Only active staff with the right approve_release may do this.');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_begin_approval FROM PUBLIC;

CREATE OR REPLACE FUNCTION henvis_proof(release text)
RETURNS TABLE(passed boolean, stale boolean, margins jsonb)
LANGUAGE sql
STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.passed,
           ARRAY(SELECT jsonb_array_elements_text(p.against) ORDER BY 1)
               IS DISTINCT FROM ARRAY(SELECT release_id::text FROM public.statistics_publication ORDER BY 1)
           OR EXISTS (
               SELECT FROM public.statistics_factdecision d JOIN public.statistics_release r ON r.id = release
               WHERE d.decided_at > r.built_at
           )
           OR EXISTS (
               SELECT FROM public.erased_tombstone t JOIN public.statistics_release r ON r.id = release
               WHERE t.erased_at > r.built_at AND NOT t.test
           ),
           p.margins
    FROM build.statistics_proof p WHERE p.release_id = release
$$;
REVOKE ALL ON FUNCTION henvis_proof FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_proof TO henvis_web;

CREATE OR REPLACE FUNCTION henvis_publish(release text, staff integer)
RETURNS void
LANGUAGE plpgsql
 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    draft public.statistics_release;
    proof record;
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    SELECT * INTO draft FROM public.statistics_release WHERE id = release AND audience IN ('public', 'authority');
    IF draft.id IS NULL THEN
        PERFORM public.henvis_refuse('There is no such protected release.');
    END IF;
    IF EXISTS (SELECT FROM public.statistics_publication WHERE release_id = release) THEN
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
    INSERT INTO public.statistics_publishedtable (release_id, dataset, axes, codes, counts, hidden, offered)
    SELECT release_id, dataset, axes, codes, counts, hidden, offered FROM build.statistics_protectedtable WHERE release_id = release;
    INSERT INTO public.statistics_publishedchange (release_id, since_id, dataset, axes, codes, before, after, change)
    SELECT release_id, since_id, dataset, axes, codes, before, after, change FROM build.statistics_draftchange WHERE release_id = release;
    INSERT INTO public.statistics_certificate (release_id, body)
    SELECT release_id, certificate FROM build.statistics_proof WHERE release_id = release AND draft.audience = 'public';
    INSERT INTO public.statistics_publication (release_id, user_id) VALUES (release, staff);
    PERFORM public.henvis_audit(NULL, staff, 'release.publish', release, jsonb_build_object('built_by', draft.user_id));
END $$;
REVOKE ALL ON FUNCTION henvis_publish FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_publish TO henvis_web;

CREATE OR REPLACE FUNCTION henvis_withdraw(release text, by_release text, why text, staff integer)
RETURNS void
LANGUAGE plpgsql
 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    IF coalesce(why, '') !~ '\S' THEN
        PERFORM public.henvis_refuse('A withdrawal needs a reason.');
    END IF;
    IF NOT EXISTS (SELECT FROM public.statistics_publication WHERE release_id = release) THEN
        PERFORM public.henvis_refuse('There is no such published release.');
    END IF;
    IF EXISTS (SELECT FROM public.statistics_withdrawal WHERE release_id = release) THEN
        PERFORM public.henvis_refuse(format('%s is withdrawn already.', release));
    END IF;
    IF by_release = release OR NOT EXISTS (
        SELECT FROM public.statistics_release gone
        JOIN public.statistics_release next ON next.audience = gone.audience AND next.period = gone.period
        JOIN public.statistics_publication p ON p.release_id = next.id
        WHERE gone.id = release AND next.id = by_release
        AND NOT EXISTS (SELECT FROM public.statistics_withdrawal w WHERE w.release_id = next.id)
    ) THEN
        PERFORM public.henvis_refuse(
            'The replacement is another published release of the same period and audience that is not withdrawn itself.'
        );
    END IF;
    INSERT INTO public.statistics_withdrawal (release_id, replacement_id, reason, user_id) VALUES (release, by_release, why, staff);
    PERFORM public.henvis_audit(NULL, staff, 'release.withdraw', release, jsonb_build_object('replacement', by_release));
END $$;
REVOKE ALL ON FUNCTION henvis_withdraw FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_withdraw TO henvis_web;
