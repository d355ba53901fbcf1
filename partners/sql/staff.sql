-- What a member of staff may do, and the row that says that it was done.

-- Whether a member of staff may do something: an active account of the staff that is a superuser, or has the permission of this
-- app and codename itself or by a group (role). With a null codename only a superuser may.
-- Called by: functions that decide, publish, produce and erase. Nobody else: the answer tells who has which right.
-- Raises: nothing. An account that does not exist may do nothing.
CREATE OR REPLACE FUNCTION henvis_staff_may(staff integer, app text, codename text)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.auth_user u
        WHERE u.id = staff AND u.is_active AND u.is_staff AND (u.is_superuser OR EXISTS (
            SELECT FROM public.auth_permission p
            JOIN public.django_content_type c ON c.id = p.content_type_id AND c.app_label = app
            WHERE p.codename = henvis_staff_may.codename AND (
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
REVOKE ALL ON FUNCTION henvis_staff_may FROM PUBLIC;

-- Writes an audit event: who did what to which subject. Either the client or the member of staff is null, or both.
-- Called by: functions that act. The web server's role writes its own events into the table.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_audit(client bigint, staff integer, action text, subject text, detail jsonb)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.partners_auditevent (id, client_id, user_id, action, subject, detail)
    VALUES (gen_random_uuid(), client, staff, action, subject, detail)
$$;
REVOKE ALL ON FUNCTION henvis_audit FROM PUBLIC;
