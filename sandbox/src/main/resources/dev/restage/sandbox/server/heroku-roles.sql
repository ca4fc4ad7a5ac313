-- The company's own roles, once for each server. What owns event triggers has to be a superuser.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['heroku_admin SUPERUSER', 'rdsadmin SUPERUSER', 'rds_superuser'] LOOP
    BEGIN
      EXECUTE 'CREATE ROLE ' || wanted;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
END
$$
