-- Counts the rows of a delivery that were rejected or are held, by rule and field, when the delivery ends. It runs in the
-- transaction of the end, so that there is a count if and only if the delivery has ended. A delivery may end twice: once it was
-- tried out or waited for its sender, and again when what waited is stored. Of each of the two ways, tried and sent, a rule
-- is counted at the first end alone. Results of rows are forgotten after thirty days; what stands here names rules and fields
-- and no value. Test mode is not counted.
-- Called by: the trigger `tally_rules` of `intake_batch`. The web server's role only reads the counts.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_tally_rules()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.quality_ruletally (batch_id, partner_id, month, tried, rule, field, rows)
    SELECT NEW.id, NEW.partner_id, date_trunc('month', NEW.created_at AT TIME ZONE 'Europe/Copenhagen')::date, NEW.dry_run,
        f.finding ->> 'rule', coalesce(f.finding ->> 'field', ''), count(DISTINCT w.index)
    FROM public.intake_rowresult w
    CROSS JOIN LATERAL jsonb_array_elements(w.findings) AS f (finding)
    WHERE w.batch_id = NEW.id AND w.outcome IN ('rejected', 'held')
        AND EXISTS (SELECT FROM public.partners_partner p WHERE p.id = NEW.partner_id AND p.mode = 'LIVE')
    GROUP BY f.finding ->> 'rule', coalesce(f.finding ->> 'field', '')
    ON CONFLICT (batch_id, tried, rule, field) DO NOTHING;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION henvis_tally_rules FROM PUBLIC;
