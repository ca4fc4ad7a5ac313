-- A table is made with its own columns; a partition with all of them, as a plain table that is attached afterwards.
-- What CREATE TABLE cannot say of a column follows in statements of its own: "after".
WITH parent AS (
    -- what the parents of an inheriting table say of its columns
    SELECT i.inhrelid, a.attname, bool_or(a.attnotnull) AS not_null,
           bool_or(a.atthasdef AND a.attgenerated = '') AS has_default,
           bool_and(a.attgenerated <> '' AND pg_get_expr(d.adbin, d.adrelid) IS NOT DISTINCT FROM
                    (SELECT pg_get_expr(o.adbin, o.adrelid) FROM pg_attrdef o JOIN pg_attribute own
                     ON own.attrelid = i.inhrelid AND own.attname = a.attname AND o.adrelid = own.attrelid AND o.adnum = own.attnum))
               AS same_expression
    FROM pg_inherits i
    JOIN pg_attribute a ON a.attrelid = i.inhparent AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    GROUP BY i.inhrelid, a.attname
), col AS (
    SELECT a.attrelid, a.attnum, c.relkind, quote_ident(a.attname) AS name,
           format('ALTER %sTABLE ONLY %s ALTER COLUMN %I', CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END, c.oid::regclass,
                  a.attname) AS alter,
           (a.attislocal OR c.relispartition) AND c.reloftype = 0 AS printed,
           format_type(a.atttypid, a.atttypmod)
           || CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
                   THEN format(' COLLATE %I.%I', ln.nspname, l.collname) ELSE '' END AS type,
           CASE WHEN a.attgenerated <> '' AND (c.relispartition OR p.same_expression IS NOT TRUE)
                THEN format(' GENERATED ALWAYS AS (%s)%s', pg_get_expr(d.adbin, d.adrelid),
                            CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE '' END)
                WHEN a.attgenerated <> '' THEN ''
                WHEN d.oid IS NOT NULL THEN chr(1) || 'pg_attrdef'::regclass::oid || '/' || d.oid || chr(2)
                WHEN p.has_default AND NOT c.relispartition THEN ' DEFAULT NULL'
                ELSE '' END AS value,
           d.oid IS NULL AND p.has_default AND NOT c.relispartition AS loses_default,
           CASE WHEN NOT a.attnotnull THEN ''                                                          -- <18
                ELSE ' NOT NULL' END AS not_null,                                                      -- <18
           NULL::text AS table_not_null,                                                               -- <18
           a.attnotnull AND p.not_null IS NOT TRUE AS sets_not_null,                                    -- <18
           CASE WHEN k.oid IS NULL OR NOT k.convalidated OR NOT (k.conislocal OR c.relispartition) THEN '' -- >=18
                WHEN {target} < 18 THEN ' NOT NULL'                                                    -- >=18
                WHEN k.conname = format('%s_%s_not_null', c.relname, a.attname)                        -- >=18
                THEN ' NOT NULL' || CASE WHEN k.connoinherit THEN ' NO INHERIT' ELSE '' END            -- >=18
                ELSE format(' CONSTRAINT %I NOT NULL%s', k.conname,                                    -- >=18
                            CASE WHEN k.connoinherit THEN ' NO INHERIT' ELSE '' END) END AS not_null,  -- >=18
           CASE WHEN {target} >= 18 AND k.convalidated AND k.conislocal                                -- >=18
                THEN format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)) END            -- >=18
               AS table_not_null,                                                                      -- >=18
           {target} < 18 AND k.convalidated AND k.conislocal AS sets_not_null,                         -- >=18
           CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS statistics,
           CASE WHEN a.attstorage <> t.typstorage
                THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
                END AS storage,
           NULL AS compression,                                                                        -- <14
           CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,          -- >=14
           -- pg_attver is an entry of the newest minor releases that older servers refuse
           (SELECT string_agg(quote_ident(o.option_name) || '=' || o.option_value, ', ')
            FROM pg_options_to_table(a.attoptions) o WHERE o.option_name <> 'pg_attver') AS options,
           (SELECT string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), E',\n    ')
            FROM pg_options_to_table(a.attfdwoptions) o) AS fdw_options
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f', 'm')
    JOIN pg_namespace n ON n.oid = c.relnamespace AND {own}
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_collation l ON l.oid = a.attcollation
    LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] -- >=18
    LEFT JOIN parent p ON p.inhrelid = a.attrelid AND p.attname = a.attname
    WHERE a.attnum > 0 AND NOT a.attisdropped
), cols AS (
    SELECT attrelid,
           string_agg(CASE WHEN printed THEN format(E'\n    %s %s%s%s', name, type, value, not_null)
                           WHEN relkind <> 'm' THEN E'\n    ' || table_not_null END, ',' ORDER BY attnum) AS items,
           string_agg(
               CASE WHEN NOT printed AND loses_default AND relkind <> 'm'
                    THEN format(E'%s SET DEFAULT NULL;\n', alter) ELSE '' END
               || CASE WHEN NOT printed AND sets_not_null AND relkind <> 'm'
                       THEN format(E'%s SET NOT NULL;\n', alter) ELSE '' END
               || CASE WHEN statistics IS NULL THEN '' ELSE format(E'%s SET STATISTICS %s;\n', alter, statistics) END
               || CASE WHEN storage IS NULL THEN '' ELSE format(E'%s SET STORAGE %s;\n', alter, storage) END
               || CASE WHEN compression IS NULL THEN '' ELSE format(E'%s SET COMPRESSION %s;\n', alter, compression) END
               || CASE WHEN options IS NULL THEN '' ELSE format(E'%s SET (%s);\n', alter, options) END
               || CASE WHEN fdw_options IS NULL THEN '' ELSE format(E'%s OPTIONS (\n    %s\n);\n', alter, fdw_options) END,
               '' ORDER BY attnum) AS after
    FROM col
    GROUP BY attrelid
), options AS (
    SELECT c.oid, string_agg(o.text, ', ' ORDER BY o.toast, o.place) AS list
    FROM pg_class c
    CROSS JOIN LATERAL (
        SELECT false AS toast, place, quote_ident(option_name) || '=' || quote_literal(option_value) AS text
        FROM pg_options_to_table(c.reloptions) WITH ORDINALITY o(option_name, option_value, place)
        WHERE option_name <> 'check_option'
        UNION ALL
        SELECT true, place, 'toast.' || quote_ident(option_name) || '=' || quote_literal(option_value)
        FROM pg_class toast
        CROSS JOIN LATERAL pg_options_to_table(toast.reloptions) WITH ORDINALITY o(option_name, option_value, place)
        WHERE toast.oid = c.reltoastrelid
    ) o
    WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v')
    GROUP BY c.oid
)
SELECT CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END AS kind,
       'pg_class'::regclass::oid AS classoid, c.oid, n.nspname AS schema, c.relname AS tag, pg_get_userbyid(c.relowner) AS owner,
       CASE WHEN c.relkind = 'v' THEN
           format(E'CREATE VIEW %s%s AS\n%s%s;\n', c.oid::regclass, ' WITH (' || o.list || ')', rtrim(pg_get_viewdef(c.oid), ';'),
                  (SELECT E'\n  WITH ' || upper(option_value) || ' CHECK OPTION'
                   FROM pg_options_to_table(c.reloptions) WHERE option_name = 'check_option'))
       WHEN c.relkind = 'm' THEN
           format(E'CREATE MATERIALIZED VIEW %s%s AS\n%s\n  WITH NO DATA;\n', c.oid::regclass, ' WITH (' || o.list || ')',
                  rtrim(pg_get_viewdef(c.oid), ';'))
           || COALESCE(s.after, '')
       ELSE
           CASE c.relpersistence WHEN 'u' THEN 'CREATE UNLOGGED ' ELSE 'CREATE ' END
           || CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass
           || CASE WHEN c.reloftype <> 0 THEN ' OF ' || format_type(c.reloftype, NULL)
              ELSE format(E' (%s%s\n)', s.items,
                  (SELECT string_agg(chr(1) || 'pg_constraint'::regclass::oid || '/' || k.oid || chr(2), '' ORDER BY k.conname)
                   FROM pg_constraint k
                   WHERE k.conrelid = c.oid AND k.contype = 'c' AND (k.conislocal OR c.relispartition) AND k.convalidated)) END
           || CASE WHEN NOT c.relispartition THEN COALESCE(E'\nINHERITS (' ||
                  (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
                   FROM pg_inherits i WHERE i.inhrelid = c.oid) || ')', '') ELSE '' END
           || CASE c.relkind WHEN 'p' THEN E'\nPARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END
           || COALESCE((SELECT format(E'\nSERVER %I%s', v.srvname,
                               E'\nOPTIONS (\n    ' || (SELECT string_agg(quote_ident(x.option_name) || ' ' || quote_literal(x.option_value), E',\n    ')
                                                       FROM pg_options_to_table(f.ftoptions) x) || E'\n)')
                        FROM pg_foreign_table f JOIN pg_foreign_server v ON v.oid = f.ftserver WHERE f.ftrelid = c.oid), '')
           || COALESCE(E'\nWITH (' || o.list || ')', '') || E';\n'
           || COALESCE(s.after, '')
           || CASE WHEN c.relkind = 'f' THEN ''
                   WHEN c.relreplident = 'f' THEN format(E'\nALTER TABLE ONLY %s REPLICA IDENTITY FULL;\n', c.oid::regclass)
                   WHEN c.relreplident = 'n' THEN format(E'\nALTER TABLE ONLY %s REPLICA IDENTITY NOTHING;\n', c.oid::regclass)
                   ELSE '' END
           || CASE WHEN c.relforcerowsecurity THEN format(E'\nALTER TABLE ONLY %s FORCE ROW LEVEL SECURITY;\n', c.oid::regclass)
              ELSE '' END
       END AS definition,
       format(E'DROP %s %s;\n',
              CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
              c.oid::regclass) AS drop,
       CASE WHEN c.relkind IN ('r', 'p', 'm') THEN COALESCE(ts.spcname, '') END AS tablespace,
       am.amname AS accessmethod, c.relkind,
       CASE c.relkind WHEN 'v' THEN (
           SELECT format(E'CREATE VIEW %s AS\nSELECT\n%s;\n', c.oid::regclass,
                         string_agg(format('    NULL::%s%s AS %I', format_type(a.atttypid, a.atttypmod),
                                           CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
                                                THEN format(' COLLATE %I.%I', ln.nspname, l.collname) ELSE '' END,
                                           a.attname), E',\n' ORDER BY a.attnum))
           FROM pg_attribute a
           JOIN pg_type t ON t.oid = a.atttypid
           LEFT JOIN pg_collation l ON l.oid = a.attcollation
           LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) END AS dummy,
       -- pg_depend does not say that a table needs its parents where it has no columns of them
       (SELECT array_agg('pg_class'::regclass::oid || '/' || i.inhparent) FROM pg_inherits i
        WHERE i.inhrelid = c.oid AND NOT c.relispartition) AS needs
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN cols s ON s.attrelid = c.oid
LEFT JOIN options o ON o.oid = c.oid
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v') AND {own}
