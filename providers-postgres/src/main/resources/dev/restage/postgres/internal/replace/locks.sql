-- What a drop of it all would lock, against half of what the server has room for.
SELECT (SELECT count(*) FROM pg_class WHERE oid >= 16384) + (SELECT count(*) FROM pg_type WHERE oid >= 16384)
    + (SELECT count(*) FROM pg_constraint WHERE oid >= 16384) + (SELECT count(*) FROM pg_attrdef)
    + (SELECT count(*) FROM pg_proc WHERE oid >= 16384) + (SELECT count(*) FROM pg_trigger)
    + (SELECT count(*) FROM pg_largeobject_metadata)
    <= current_setting('max_locks_per_transaction')::bigint
        * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint) / 2
