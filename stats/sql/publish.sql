-- Publishing. The web server's role can write nothing of what is published, and cannot read a draft. It asks these functions,
-- which lock, check who asks and what is there, act, and write the audit event.

-- Takes the lock under which releases are published, withdrawn and scheduled, so that of two who act at once the second sees
-- what the first has done. That needs READ COMMITTED, where each statement sees what is committed when it begins.
-- Called by: `henvis_begin_approval` and `henvis_publish_due`.
-- Raises: APPROVAL_ISOLATION.
CREATE OR REPLACE FUNCTION henvis_lock_publishing()
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM public.henvis_refuse('APPROVAL_ISOLATION');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.publish', 0));
END $$;
REVOKE ALL ON FUNCTION henvis_lock_publishing FROM PUBLIC;

-- Begins an act of an approver: takes the lock first, then checks the right.
-- Called by: `henvis_publish`, `henvis_withdraw`, and what an approver does with a schedule (schedule.sql).
-- Raises: APPROVER_RIGHT_MISSING, and what `henvis_lock_publishing` raises.
CREATE OR REPLACE FUNCTION henvis_begin_approval(staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_lock_publishing();
    IF NOT public.henvis_staff_may(staff, 'statistics', 'approve_release') THEN
        PERFORM public.henvis_refuse('APPROVER_RIGHT_MISSING');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_begin_approval FROM PUBLIC;

-- Returns what may be told of a release's proof: whether it passed, whether it is stale, its margins, and the reports
-- behind it. A proof is stale once other releases are published than it was made against, or once a decision on a fact was
-- confirmed, or a person of the live world erased or restricted, also by a merge, after the release was built, or once two
-- partners are under one umbrella, or one is the other's successor, that it did not take together. Without a proof there is
-- no row.
-- Called by: `henvis_check_draft`, and the web server's role for the page on which staff approve.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_proof(release text)
RETURNS TABLE (passed boolean, stale boolean, margins jsonb, behind jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.passed,
           ARRAY(SELECT jsonb_array_elements_text(p.against) ORDER BY 1)
               IS DISTINCT FROM ARRAY(SELECT release_id::text FROM public.statistics_publication ORDER BY 1)
           OR EXISTS (
               SELECT FROM public.statistics_factdecisionend d JOIN public.statistics_release r ON r.id = release
               WHERE d.outcome = 'CONFIRMED' AND d.ended_at > r.built_at
           )
           OR EXISTS (
               SELECT FROM public.erased_tombstone t JOIN public.statistics_release r ON r.id = release
               WHERE t.erased_at > r.built_at AND NOT t.test
           )
           OR EXISTS (
               SELECT FROM public.linking_restrictedcase c JOIN public.statistics_release r ON r.id = release
               WHERE c.recorded_at > r.built_at
           )
           -- Somebody who was restricted already is one person with another since: that one is restricted too.
           OR EXISTS (
               SELECT FROM public.linking_restrictedcase c JOIN public.statistics_release r ON r.id = release
               LEFT JOIN public.linking_caselink o ON o.case_id = c.case_id AND o.superseded_at IS NULL
               JOIN public.linking_caselink l
                   ON l.person_id = coalesce(o.person_id, c.case_id) AND l.superseded_at IS NULL AND l.recorded_at > r.built_at
               WHERE c.superseded_at IS NULL
           )
           OR EXISTS (
               SELECT FROM public.partners_partner one JOIN public.partners_partner other
                   ON other.id <> one.id
                   -- Capitals of every alphabet, whatever the database's locale: the build makes no difference of them either.
                   AND (
                       lower(one.umbrella COLLATE pg_c_utf8) IN (
                           lower(other.umbrella COLLATE pg_c_utf8), lower(other.name COLLATE pg_c_utf8)
                       ) OR EXISTS (
                           SELECT FROM public.organisations_partnername n
                           WHERE n.partner_id = other.id
                           AND lower(n.name COLLATE pg_c_utf8) = lower(one.umbrella COLLATE pg_c_utf8)
                       )
                   )
               WHERE one.umbrella <> '' AND one.mode = 'LIVE' AND other.mode = 'LIVE' AND other.kind <> 'CENTRE'
               AND NOT EXISTS (
                   SELECT FROM jsonb_each(coalesce(p.report -> 'umbrellas', '{}')) AS together (id, partners)
                   WHERE together.partners ? one.id::text AND together.partners ? other.id::text
               )
           )
           OR EXISTS (
               SELECT FROM public.organisations_successionrequest s
               JOIN public.organisations_successiondecision d ON d.request_id = s.id AND d.approved
               WHERE NOT EXISTS (
                   SELECT FROM jsonb_each(coalesce(p.report -> 'umbrellas', '{}')) AS together (id, partners)
                   WHERE together.partners ? s.old_id::text AND together.partners ? s.new_id::text
               )
           ),
           p.margins, p.behind
    FROM build.statistics_proof p WHERE p.release_id = release
$$;
REVOKE ALL ON FUNCTION henvis_proof FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_proof TO henvis_web;

-- Refuses a release that is no draft: it is protected and not published.
-- Called by: `henvis_check_draft` and `henvis_refuse_draft`.
-- Raises: NO_PROTECTED_RELEASE, ALREADY_PUBLISHED.
CREATE OR REPLACE FUNCTION henvis_check_unpublished(release text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.statistics_release WHERE id = release AND audience IN ('public', 'authority')
    ) THEN
        PERFORM public.henvis_refuse('NO_PROTECTED_RELEASE');
    END IF;
    IF EXISTS (SELECT FROM public.statistics_publication WHERE release_id = release) THEN
        PERFORM public.henvis_refuse('ALREADY_PUBLISHED', release);
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_unpublished FROM PUBLIC;

-- Refuses a release that is no draft which could be published now: its proof passed and knows everything that is published.
-- Called by: `henvis_make_public`, `henvis_preview`, and what an approver does with a schedule (schedule.sql).
-- Raises: PROOF_NOT_PASSED, PROOF_STALE, and what `henvis_check_unpublished` raises.
CREATE OR REPLACE FUNCTION henvis_check_draft(release text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    proof record;
BEGIN
    PERFORM public.henvis_check_unpublished(release);
    SELECT * INTO proof FROM public.henvis_proof(release);
    IF proof.passed IS NOT TRUE THEN
        PERFORM public.henvis_refuse('PROOF_NOT_PASSED', release);
    END IF;
    IF proof.stale THEN
        PERFORM public.henvis_refuse('PROOF_STALE', release);
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_draft FROM PUBLIC;

-- Copies a draft from `build` to the tables that everybody reads: its protected tables, its table of changes, what is told of
-- hidden cells from now on, the same of its sums of counts with what is behind them, and, if it has one that the public may
-- see, its certificate. The reports that its sums counted stay where they are.
-- Called by: `henvis_make_public`, once it has checked everything.
-- Raises: nothing of its own. Tables of a release that is published already are sealed.
CREATE OR REPLACE FUNCTION henvis_copy_draft(release text, certified boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.statistics_publishedtable (
        release_id, dataset, axes, codes, counts, hidden, symbol, within, offered
    )
    SELECT release_id, dataset, axes, codes, counts, hidden, symbol, within, offered
    FROM build.statistics_protectedtable WHERE release_id = release;

    INSERT INTO public.statistics_publishedchange (release_id, since_id, dataset, axes, codes, before, after, change)
    SELECT release_id, since_id, dataset, axes, codes, before, after, change
    FROM build.statistics_draftchange WHERE release_id = release;

    INSERT INTO public.statistics_publishedtold (release_id, of_id, dataset, axes, codes, least, most)
    SELECT release_id, of_id, dataset, axes, codes, least, most
    FROM build.statistics_drafttold WHERE release_id = release;

    INSERT INTO public.statistics_publishedsumtable (release_id, dataset, measure, axes, codes, counts, hidden)
    SELECT release_id, dataset, measure, axes, codes, counts, hidden
    FROM build.statistics_draftsumtable WHERE release_id = release;

    INSERT INTO public.statistics_publishedsumtold (release_id, of_id, dataset, measure, axes, codes, least, most)
    SELECT release_id, of_id, dataset, measure, axes, codes, least, most
    FROM build.statistics_draftsumtold WHERE release_id = release;

    INSERT INTO public.statistics_publishedsumcoverage (release_id, dataset, due, came, beside, knowing)
    SELECT release_id, dataset, due, came, beside, knowing
    FROM build.statistics_draftsumcoverage WHERE release_id = release;

    INSERT INTO public.statistics_certificate (release_id, body)
    SELECT release_id, certificate FROM build.statistics_proof WHERE release_id = release AND certified;
END $$;
REVOKE ALL ON FUNCTION henvis_copy_draft FROM PUBLIC;

-- Refuses an approver who had the release built, and one of a release that nobody had built: two members of staff are needed.
-- Called by: `henvis_make_public` and what an approver does with a schedule (schedule.sql).
-- Raises: APPROVED_BY_BUILDER.
CREATE OR REPLACE FUNCTION henvis_check_two_persons(release text, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.statistics_release WHERE id = release AND user_id <> staff) THEN
        PERFORM public.henvis_refuse('APPROVED_BY_BUILDER');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_two_persons FROM PUBLIC;

-- Keeps who could see a draft before everybody: whoever has the right to see drafts now, and whoever looked at this draft, or
-- at one of some of the same months that was never published. Each has the roles that give the right, and a number of looks.
-- Called by: `henvis_make_public`, before the publication seals the list.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_keep_access(release text)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.statistics_prereleaseaccess (release_id, user_id, roles, may_see, looks)
    SELECT release, person.id, person.roles, person.may_see, person.looks
    FROM (
        SELECT u.id,
            CASE WHEN u.is_superuser THEN 'superuser' ELSE coalesce((
                SELECT string_agg(g.name, ',' ORDER BY g.name)
                FROM public.auth_user_groups ug JOIN public.auth_group g ON g.id = ug.group_id
                WHERE ug.user_id = u.id AND EXISTS (
                    SELECT FROM public.auth_group_permissions gp JOIN public.auth_permission p ON p.id = gp.permission_id
                    WHERE gp.group_id = g.id AND p.codename IN ('approve_release', 'add_buildorder')
                )
            ), '') END AS roles,
            public.henvis_staff_may(u.id, 'statistics', 'approve_release')
                OR public.henvis_staff_may(u.id, 'statistics', 'add_buildorder') AS may_see,
            (
                SELECT count(*) FROM public.partners_auditevent e
                JOIN public.statistics_release seen ON seen.id = e.subject
                JOIN public.statistics_release own ON own.id = release
                WHERE e.action = 'release.preview' AND e.user_id = u.id
                AND (seen.id = own.id OR (
                    seen.first_month <= own.last_month AND seen.last_month >= own.first_month
                    AND NOT EXISTS (SELECT FROM public.statistics_publication p WHERE p.release_id = seen.id)
                ))
            ) AS looks
        FROM public.auth_user u
    ) AS person
    WHERE person.may_see OR person.looks > 0
$$;
REVOKE ALL ON FUNCTION henvis_keep_access FROM PUBLIC;

-- Refuses a draft to which an approver said no.
-- Called by: `henvis_make_public`, `henvis_schedule` and `henvis_refuse_draft`.
-- Raises: DRAFT_REFUSED.
CREATE OR REPLACE FUNCTION henvis_check_not_refused(release text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.statistics_draftrefusal WHERE release_id = release) THEN
        PERFORM public.henvis_refuse('DRAFT_REFUSED', release);
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_not_refused FROM PUBLIC;

-- Publishes a draft in the name of a member of staff, for ever, with the list of who could see it before, and its audit event.
-- Its proof passed, and knows everything that is published now. Of what speaks against it the approver says why it is right all
-- the same.
-- Called by: `henvis_publish` and `henvis_publish_due`, which hold the lock and know that the right is there.
-- Raises: what `henvis_check_draft`, `henvis_check_not_refused`, `henvis_check_two_persons` and `henvis_check_grounds` raise.
CREATE OR REPLACE FUNCTION henvis_make_public(release text, staff integer, why_da text, why_en text, detail jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    draft public.statistics_release;
    grounds text[];
BEGIN
    PERFORM public.henvis_check_draft(release);
    PERFORM public.henvis_check_not_refused(release);
    PERFORM public.henvis_check_two_persons(release, staff);
    -- The moment of a publication is the beginning of its transaction.
    grounds := public.henvis_check_grounds(release, transaction_timestamp(), why_da, why_en);

    SELECT * INTO draft FROM public.statistics_release WHERE id = release;
    PERFORM public.henvis_copy_draft(release, draft.audience = 'public');
    PERFORM public.henvis_keep_access(release);
    INSERT INTO public.statistics_publication (release_id, user_id, grounds, reason_da, reason_en) VALUES (
        release, staff, grounds,
        CASE WHEN cardinality(grounds) > 0 THEN btrim(why_da) ELSE '' END,
        CASE WHEN cardinality(grounds) > 0 THEN btrim(why_en) ELSE '' END
    );
    PERFORM public.henvis_audit(
        NULL, staff, 'release.publish', release,
        jsonb_build_object('built_by', draft.user_id) || detail
            || CASE WHEN cardinality(grounds) > 0 THEN jsonb_build_object('grounds', grounds) ELSE '{}' END
    );
END $$;
REVOKE ALL ON FUNCTION henvis_make_public FROM PUBLIC;

-- Publishes a draft now. Two members of staff are needed: one who had it built, and another who approves. A draft whose
-- publication is scheduled is published at its moment and not before, and neither is another of some of its months, for
-- whatever audience: it would tell the figures. Who wants it now takes the schedule back first.
-- Called by: the web server's role.
-- Raises: what `henvis_begin_approval`, `henvis_check_not_scheduled` and `henvis_make_public` raise.
CREATE OR REPLACE FUNCTION henvis_publish(release text, staff integer, why_da text, why_en text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    PERFORM public.henvis_check_not_scheduled(release);
    PERFORM public.henvis_make_public(release, staff, why_da, why_en, '{}');
END $$;
REVOKE ALL ON FUNCTION henvis_publish FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_publish TO henvis_web;

-- Refuses a draft that is scheduled, and one of some of the months of what is.
-- Called by: `henvis_publish`, which holds the lock.
-- Raises: RELEASE_SCHEDULED.
CREATE OR REPLACE FUNCTION henvis_check_not_scheduled(release text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    planned text;
BEGIN
    SELECT later.id INTO planned
    FROM public.henvis_open_schedule() s
    JOIN public.statistics_release later ON later.id = s.release_id
    JOIN public.statistics_release own ON own.first_month <= later.last_month AND own.last_month >= later.first_month
    WHERE own.id = release;
    IF planned IS NOT NULL THEN
        PERFORM public.henvis_refuse('RELEASE_SCHEDULED', planned);
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_not_scheduled FROM PUBLIC;

-- Says no to a draft, with the reason and its audit event. It can be published no more; whoever ordered it reads why. Of one
-- that is scheduled itself the plan is cancelled first; the plan of another release is nothing to it.
-- Called by: the web server's role.
-- Raises: RELEASE_SCHEDULED, REFUSAL_REASON_MISSING, and what `henvis_begin_approval`, `henvis_check_unpublished` and
-- `henvis_check_not_refused` raise.
CREATE OR REPLACE FUNCTION henvis_refuse_draft(release text, why text, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    PERFORM public.henvis_check_unpublished(release);
    PERFORM public.henvis_check_not_refused(release);
    IF EXISTS (SELECT FROM public.henvis_open_schedule() WHERE release_id = release) THEN
        PERFORM public.henvis_refuse('RELEASE_SCHEDULED', release);
    END IF;
    IF NOT public.henvis_is_reason(why, why) THEN
        PERFORM public.henvis_refuse('REFUSAL_REASON_MISSING');
    END IF;
    INSERT INTO public.statistics_draftrefusal (release_id, reason, user_id) VALUES (release, btrim(why), staff);
    PERFORM public.henvis_audit(NULL, staff, 'release.refuse', release, '{}');
END $$;
REVOKE ALL ON FUNCTION henvis_refuse_draft FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_refuse_draft TO henvis_web;
