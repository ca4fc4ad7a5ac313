-- Each value that statistics keep, with the column that it is of. Arrays of anything are read as their texts.
SELECT s.schemaname, s.tablename, s.attname, v
FROM pg_stats s
CROSS JOIN LATERAL (
    SELECT unnest(s.most_common_vals::text::text[])
    UNION SELECT unnest(s.histogram_bounds::text::text[])
    UNION SELECT unnest(s.most_common_elems::text::text[])
    UNION SELECT unnest(s.range_bounds_histogram::text::text[]) -- >=17
) AS k(v)
WHERE s.schemaname !~ '^pg_' AND s.schemaname <> 'information_schema' AND v IS NOT NULL
UNION ALL
SELECT s.schemaname, s.tablename, COALESCE(s.attnames[1 + (u.place - 1) % array_length(s.most_common_vals, 2)], s.statistics_name), u.v
FROM pg_stats_ext s
CROSS JOIN LATERAL unnest(s.most_common_vals) WITH ORDINALITY AS u(v, place)
WHERE u.v IS NOT NULL
UNION ALL                                                                     -- >=14
SELECT s.schemaname, s.tablename, s.statistics_name, v                        -- >=14
FROM pg_stats_ext_exprs s                                                     -- >=14
CROSS JOIN LATERAL (                                                          -- >=14
    SELECT unnest(s.most_common_vals::text::text[])                           -- >=14
    UNION SELECT unnest(s.histogram_bounds::text::text[])                     -- >=14
    UNION SELECT unnest(s.most_common_elems::text::text[])                    -- >=14
) AS k(v)                                                                     -- >=14
WHERE v IS NOT NULL                                                           -- >=14
