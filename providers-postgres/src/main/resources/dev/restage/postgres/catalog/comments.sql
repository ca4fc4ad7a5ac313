SELECT 'comment', o.identity, 0::oid, 0::oid,
       format('COMMENT ON %s %s IS %L',
              CASE o.type WHEN 'table constraint' THEN 'CONSTRAINT' WHEN 'domain constraint' THEN 'CONSTRAINT'
                   WHEN 'statistics object' THEN 'STATISTICS'
                   ELSE CASE WHEN o.type LIKE '% column' THEN 'COLUMN' ELSE upper(o.type) END END,
              CASE o.type WHEN 'domain constraint' THEN replace(o.identity, ' on ', ' ON DOMAIN ') ELSE o.identity END,
              d.description)
FROM pg_description d
CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
WHERE d.objoid >= 16384 AND o.type <> 'extension'
  AND (d.classoid = 'pg_namespace'::regclass
       OR NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e'))
  AND o.identity NOT LIKE 'pg\_%' AND o.identity <> 'restage'
