-- What Heroku puts into each database: the schema _heroku with these functions, four event triggers, rights, and an
-- extension. Names, owners, events and what the functions look at: dumps of Heroku's databases (PostgreSQL 13 to 16) that
-- people have published, read in November 2026. The bodies are our own.
ALTER SCHEMA public OWNER TO {owner};
SET ROLE {owner};
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
RESET ROLE;
SET ROLE rdsadmin;
CREATE EXTENSION pg_stat_statements WITH SCHEMA public;
GRANT ALL ON FUNCTION public.pg_stat_statements_reset TO {owner};
RESET ROLE;
SET ROLE heroku_admin;
CREATE SCHEMA _heroku;
CREATE FUNCTION _heroku.validate_search_path() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF pg_catalog.current_setting('search_path') LIKE 'pg_temp%' THEN
    RAISE EXCEPTION 'pg_temp may not come first in search_path';
  END IF;
  RETURN true;
END
$$;
CREATE FUNCTION _heroku.postgis_after_create() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM _heroku.validate_search_path();
END
$$;
CREATE FUNCTION _heroku.create_ext() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  made record;
BEGIN
  IF tg_tag = 'CREATE EXTENSION' THEN
    PERFORM _heroku.validate_search_path();
    FOR made IN SELECT * FROM pg_catalog.pg_event_trigger_ddl_commands() LOOP
      IF made.object_identity LIKE 'postgis%' THEN
        PERFORM _heroku.postgis_after_create();
      END IF;
    END LOOP;
  END IF;
END
$$;
CREATE FUNCTION _heroku.drop_ext() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  gone record;
BEGIN
  IF tg_tag = 'DROP EXTENSION' THEN
    PERFORM _heroku.validate_search_path();
    FOR gone IN SELECT * FROM pg_catalog.pg_event_trigger_dropped_objects() LOOP
      IF gone.object_identity = 'postgis_topology' THEN
        DROP SCHEMA IF EXISTS topology;
      END IF;
    END LOOP;
  END IF;
END
$$;
CREATE FUNCTION _heroku.extension_before_drop() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF tg_tag = 'DROP EXTENSION' AND NOT pg_catalog.pg_has_role(session_user, 'rds_superuser', 'MEMBER')
      AND pg_catalog.current_query() ~* 'DROP\s+EXTENSION.*plpgsql' THEN
    RAISE EXCEPTION 'the extension plpgsql cannot be dropped';
  END IF;
END
$$;
CREATE FUNCTION _heroku.validate_extension() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  made record;
BEGIN
  IF tg_tag = 'CREATE EXTENSION' THEN
    FOR made IN SELECT n.nspname FROM pg_catalog.pg_event_trigger_ddl_commands() c
        JOIN pg_catalog.pg_extension e ON e.oid = c.objid
        JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace LOOP
      IF made.nspname = '_heroku' THEN
        RAISE EXCEPTION 'extensions may not be in the schema _heroku';
      END IF;
    END LOOP;
  END IF;
END
$$;
CREATE EVENT TRIGGER extension_before_drop ON ddl_command_start EXECUTE FUNCTION _heroku.extension_before_drop();
CREATE EVENT TRIGGER log_create_ext ON ddl_command_end EXECUTE FUNCTION _heroku.create_ext();
CREATE EVENT TRIGGER log_drop_ext ON sql_drop EXECUTE FUNCTION _heroku.drop_ext();
CREATE EVENT TRIGGER validate_extension ON ddl_command_end EXECUTE FUNCTION _heroku.validate_extension();
RESET ROLE
