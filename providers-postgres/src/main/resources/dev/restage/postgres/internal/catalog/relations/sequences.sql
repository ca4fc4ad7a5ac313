-- An identity is added to its column by the entry of its sequence. Limits that are those of the type are not written.
WITH own AS (
    SELECT c.oid, c.oid::regclass::text AS name, n.nspname, c.relname, c.relpersistence, pg_get_userbyid(c.relowner) AS owner, s.*,
           CASE s.seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END AS most,
           d.deptype, d.refobjid, a.attname, a.attidentity, t.relpersistence AS persistence_of_table
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_sequence s ON s.seqrelid = c.oid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
                         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_class t ON t.oid = d.refobjid
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE c.relkind = 'S' AND {own}
), settings AS (
    SELECT own.*, format(E'    START WITH %s\n    INCREMENT BY %s\n%s%s    CACHE %s%s', seqstart, seqincrement,
                  CASE WHEN seqmin = CASE WHEN seqincrement > 0 THEN 1 ELSE -most - 1 END THEN E'    NO MINVALUE\n'
                       ELSE format(E'    MINVALUE %s\n', seqmin) END,
                  CASE WHEN seqmax = CASE WHEN seqincrement > 0 THEN most ELSE -1 END THEN E'    NO MAXVALUE\n'
                       ELSE format(E'    MAXVALUE %s\n', seqmax) END,
                  seqcache, CASE WHEN seqcycle THEN E'\n    CYCLE' ELSE '' END) AS text
    FROM own
)
SELECT 'SEQUENCE' AS kind, 'pg_class'::regclass::oid AS classoid, oid, nspname AS schema, relname AS tag, owner,
       CASE WHEN deptype = 'i'
            THEN format(E'ALTER TABLE %s ALTER COLUMN %I ADD GENERATED %s AS IDENTITY (\n    SEQUENCE NAME %s\n%s\n);\n',
                        refobjid::regclass, attname, CASE attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, name, text)
                 -- one is as its table is, unless somebody says otherwise; before 15 all are logged
                 || CASE WHEN relpersistence <> persistence_of_table AND {target} >= 15
                         THEN format(E'ALTER SEQUENCE %s SET %s;\n', name, CASE relpersistence WHEN 'u' THEN 'UNLOGGED' ELSE 'LOGGED' END)
                         ELSE '' END
            ELSE format(E'CREATE %sSEQUENCE %s\n%s%s;\n', CASE relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, name,
                        CASE WHEN seqtypid = 'int8'::regtype THEN '' ELSE format(E'    AS %s\n', seqtypid::regtype) END, text)
            END AS definition,
       CASE WHEN deptype = 'i' THEN '' ELSE format(E'DROP SEQUENCE %s;\n', name) END AS drop,
       'S' AS relkind, CASE deptype WHEN 'i' THEN 'pg_class'::regclass::oid || '/' || refobjid END AS host, NULL::text[] AS needs
FROM settings
UNION ALL
SELECT 'SEQUENCE OWNED BY', 0, 0, nspname, relname, owner,
       format(E'ALTER SEQUENCE %s OWNED BY %s.%I;\n', name, refobjid::regclass, attname), NULL, NULL,
       'pg_class'::regclass::oid || '/' || oid, ARRAY['pg_class'::regclass::oid || '/' || refobjid]
FROM settings
WHERE deptype = 'a'
