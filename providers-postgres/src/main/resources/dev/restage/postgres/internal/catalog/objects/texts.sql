-- Collations, conversions and all of text search.
SELECT 'COLLATION' AS kind, 'pg_collation'::regclass::oid AS classoid, c.oid, n.nspname AS schema, c.collname AS tag,
       pg_get_userbyid(c.collowner) AS owner,
       format('CREATE COLLATION %I.%I (provider = %s%s, ', n.nspname, c.collname,
              CASE c.collprovider WHEN 'b' THEN 'builtin' WHEN 'i' THEN 'icu' ELSE 'libc' END,
              CASE WHEN c.collisdeterministic THEN '' ELSE ', deterministic = false' END)
       || CASE
          WHEN c.collprovider IN ('i', 'b') THEN 'locale = ' || quote_literal(c.collcollate) -- <15
          WHEN c.collprovider IN ('i', 'b') THEN 'locale = ' || quote_literal(c.colliculocale) -- >=15 <17
          WHEN c.collprovider IN ('i', 'b') THEN 'locale = ' || quote_literal(c.colllocale) -- >=17
          WHEN c.collcollate = c.collctype THEN 'locale = ' || quote_literal(c.collcollate)
          ELSE format('lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype) END
       || COALESCE(', rules = ' || quote_literal(c.collicurules), '') -- >=16
       || E');\n' AS definition,
       format(E'DROP COLLATION %I.%I;\n', n.nspname, c.collname) AS drop
FROM pg_collation c
JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE {own}
UNION ALL
SELECT 'CONVERSION', 'pg_conversion'::regclass, c.oid, n.nspname, c.conname, pg_get_userbyid(c.conowner),
       format(E'CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s;\n', CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END, n.nspname, c.conname,
              pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc),
       format(E'DROP CONVERSION %I.%I;\n', n.nspname, c.conname)
FROM pg_conversion c
JOIN pg_namespace n ON n.oid = c.connamespace
WHERE {own}
UNION ALL
SELECT 'TEXT SEARCH PARSER', 'pg_ts_parser'::regclass, p.oid, n.nspname, p.prsname, '',
       format(E'CREATE TEXT SEARCH PARSER %I.%I (\n    START = %s,\n    GETTOKEN = %s,\n    END = %s,\n', n.nspname, p.prsname,
              p.prsstart, p.prstoken, p.prsend)
       || CASE WHEN p.prsheadline = 0 THEN '' ELSE format(E'    HEADLINE = %s,\n', p.prsheadline) END
       || format(E'    LEXTYPES = %s );\n', p.prslextype),
       format(E'DROP TEXT SEARCH PARSER %I.%I;\n', n.nspname, p.prsname)
FROM pg_ts_parser p
JOIN pg_namespace n ON n.oid = p.prsnamespace
WHERE {own}
UNION ALL
SELECT 'TEXT SEARCH TEMPLATE', 'pg_ts_template'::regclass, t.oid, n.nspname, t.tmplname, '',
       format(E'CREATE TEXT SEARCH TEMPLATE %I.%I (\n%s    LEXIZE = %s );\n', n.nspname, t.tmplname,
              CASE WHEN t.tmplinit = 0 THEN '' ELSE format(E'    INIT = %s,\n', t.tmplinit) END, t.tmpllexize),
       format(E'DROP TEXT SEARCH TEMPLATE %I.%I;\n', n.nspname, t.tmplname)
FROM pg_ts_template t
JOIN pg_namespace n ON n.oid = t.tmplnamespace
WHERE {own}
UNION ALL
SELECT 'TEXT SEARCH DICTIONARY', 'pg_ts_dict'::regclass, d.oid, n.nspname, d.dictname, pg_get_userbyid(d.dictowner),
       format(E'CREATE TEXT SEARCH DICTIONARY %I.%I (\n    TEMPLATE = %I.%I%s );\n', n.nspname, d.dictname, tn.nspname, t.tmplname,
              E',\n    ' || d.dictinitoption),
       format(E'DROP TEXT SEARCH DICTIONARY %I.%I;\n', n.nspname, d.dictname)
FROM pg_ts_dict d
JOIN pg_namespace n ON n.oid = d.dictnamespace
JOIN pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
WHERE {own}
UNION ALL
SELECT 'TEXT SEARCH CONFIGURATION', 'pg_ts_config'::regclass, c.oid, n.nspname, c.cfgname, pg_get_userbyid(c.cfgowner),
       format(E'CREATE TEXT SEARCH CONFIGURATION %I.%I (\n    PARSER = %I.%I );\n', n.nspname, c.cfgname, pn.nspname, p.prsname)
       || COALESCE((SELECT string_agg(format(E'\nALTER TEXT SEARCH CONFIGURATION %I.%I\n    ADD MAPPING FOR %I WITH %s;\n',
                                             n.nspname, c.cfgname, w.alias, m.dictionaries), '' ORDER BY m.maptokentype)
                    FROM (SELECT maptokentype, string_agg(mapdict::regdictionary::text, ', ' ORDER BY mapseqno) AS dictionaries
                          FROM pg_ts_config_map WHERE mapcfg = c.oid GROUP BY maptokentype) m
                    JOIN ts_token_type(c.cfgparser) w ON w.tokid = m.maptokentype), ''),
       format(E'DROP TEXT SEARCH CONFIGURATION %I.%I;\n', n.nspname, c.cfgname)
FROM pg_ts_config c
JOIN pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_namespace pn ON pn.oid = p.prsnamespace
WHERE {own}
