SELECT 'AGGREGATE' AS kind, 'pg_proc'::regclass::oid AS classoid, p.oid, n.nspname AS schema,
       format('%I(%s)', p.proname, COALESCE(NULLIF(pg_get_function_identity_arguments(p.oid), ''), '*')) AS tag, p.proname AS name,
       pg_get_function_identity_arguments(p.oid) AS tie, pg_get_userbyid(p.proowner) AS owner,
       format(E'CREATE AGGREGATE %I.%I(%s) (\n    SFUNC = %s,\n    STYPE = %s', n.nspname, p.proname,
              CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid) END,
              a.aggtransfn::text, format_type(a.aggtranstype, NULL))
       || CASE WHEN a.aggtransspace <> 0 THEN E',\n    SSPACE = ' || a.aggtransspace ELSE '' END
       || CASE WHEN a.agginitval IS NOT NULL THEN E',\n    INITCOND = ' || quote_literal(a.agginitval) ELSE '' END
       || CASE WHEN a.aggfinalfn <> 0 THEN E',\n    FINALFUNC = ' || a.aggfinalfn::text
               || CASE WHEN a.aggfinalextra THEN E',\n    FINALFUNC_EXTRA' ELSE '' END
               || CASE WHEN a.aggfinalmodify = CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN ''
                  ELSE E',\n    FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END
               ELSE '' END
       || CASE WHEN a.aggcombinefn <> 0 THEN E',\n    COMBINEFUNC = ' || a.aggcombinefn::text ELSE '' END
       || CASE WHEN a.aggserialfn <> 0 THEN E',\n    SERIALFUNC = ' || a.aggserialfn::text ELSE '' END
       || CASE WHEN a.aggdeserialfn <> 0 THEN E',\n    DESERIALFUNC = ' || a.aggdeserialfn::text ELSE '' END
       || CASE WHEN a.aggmtransfn <> 0 THEN E',\n    MSFUNC = ' || a.aggmtransfn::text || E',\n    MINVFUNC = ' || a.aggminvtransfn::text
               || E',\n    MSTYPE = ' || format_type(a.aggmtranstype, NULL) ELSE '' END
       || CASE WHEN a.aggmtransspace <> 0 THEN E',\n    MSSPACE = ' || a.aggmtransspace ELSE '' END
       || CASE WHEN a.aggminitval IS NOT NULL THEN E',\n    MINITCOND = ' || quote_literal(a.aggminitval) ELSE '' END
       || CASE WHEN a.aggmfinalfn <> 0 THEN E',\n    MFINALFUNC = ' || a.aggmfinalfn::text
               || CASE WHEN a.aggmfinalextra THEN E',\n    MFINALFUNC_EXTRA' ELSE '' END
               || CASE WHEN a.aggmfinalmodify = CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN ''
                  ELSE E',\n    MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END
               ELSE '' END
       || CASE WHEN a.aggsortop <> 0 THEN (SELECT format(E',\n    SORTOP = OPERATOR(%I.%s)', sn.nspname, o.oprname)
                                           FROM pg_operator o JOIN pg_namespace sn ON sn.oid = o.oprnamespace WHERE o.oid = a.aggsortop) ELSE '' END
       || CASE a.aggkind WHEN 'h' THEN E',\n    HYPOTHETICAL' ELSE '' END
       || CASE p.proparallel WHEN 's' THEN E',\n    PARALLEL = safe' WHEN 'r' THEN E',\n    PARALLEL = restricted' ELSE '' END
       || E'\n);\n' AS definition,
       format(E'DROP AGGREGATE %I.%I(%s);\n', n.nspname, p.proname,
              CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_identity_arguments(p.oid) END) AS drop
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
JOIN pg_aggregate a ON a.aggfnoid = p.oid
WHERE {own}
