-- One of each kind of object, and what is awkward about it. The roles restage_reader and "Restage writer" exist.
CREATE SCHEMA "Odd schema" AUTHORIZATION "Restage writer";
CREATE SCHEMA plain;
COMMENT ON SCHEMA plain IS 'it''s plain';
COMMENT ON SCHEMA public IS 'ours';
GRANT USAGE ON SCHEMA plain TO restage_reader, PUBLIC;
GRANT ALL ON SCHEMA "Odd schema" TO restage_reader WITH GRANT OPTION;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO restage_reader;

-- base types, with functions in a loop with them
CREATE TYPE plain.word;
CREATE TYPE plain.never_made;
COMMENT ON TYPE plain.never_made IS 'a shell';
CREATE FUNCTION plain.word_in(cstring) RETURNS plain.word LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION plain.word_out(plain.word) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION plain.word_recv(internal) RETURNS plain.word LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION plain.word_send(plain.word) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE plain.word (INPUT = plain.word_in, OUTPUT = plain.word_out, RECEIVE = plain.word_recv, SEND = plain.word_send,
    INTERNALLENGTH = variable, STORAGE = extended, DEFAULT = 'it''s', CATEGORY = 'S', PREFERRED = false, DELIMITER = ';', COLLATABLE = true);
COMMENT ON TYPE plain.word IS 'a base type';
CREATE TYPE "Odd schema"."Number";
CREATE FUNCTION "Odd schema".number_in(cstring) RETURNS "Odd schema"."Number" LANGUAGE internal IMMUTABLE STRICT AS 'int8in';
CREATE FUNCTION "Odd schema".number_out("Odd schema"."Number") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int8out';
CREATE TYPE "Odd schema"."Number" (INPUT = "Odd schema".number_in, OUTPUT = "Odd schema".number_out, LIKE = int8);
REVOKE USAGE ON TYPE plain.word FROM PUBLIC;
GRANT USAGE ON TYPE plain.word TO restage_reader;

CREATE TYPE plain.colour AS ENUM ('red', 'it''s "green"', '');
CREATE TYPE plain.pair AS (a int, "B c" text COLLATE "C");
COMMENT ON COLUMN plain.pair."B c" IS 'second';
CREATE DOMAIN plain.short AS varchar(5) COLLATE "C" DEFAULT 'a' NOT NULL CONSTRAINT "no x" CHECK (VALUE <> 'x');
COMMENT ON DOMAIN plain.short IS 'short';
COMMENT ON CONSTRAINT "no x" ON DOMAIN plain.short IS 'none';
REVOKE USAGE ON TYPE plain.short FROM PUBLIC;
CREATE TYPE plain.spans;
CREATE FUNCTION plain.spans_canonical(plain.spans) RETURNS plain.spans LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE FUNCTION plain.difference(int, int) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT ($1 - $2)::float8';
CREATE TYPE plain.spans AS RANGE (SUBTYPE = int4, SUBTYPE_DIFF = plain.difference, CANONICAL = plain.spans_canonical);

-- functions with every option
CREATE FUNCTION plain.every(a int, VARIADIC b text[] DEFAULT ARRAY['x', 'it''s']) RETURNS SETOF int LANGUAGE plpgsql
    STABLE STRICT SECURITY DEFINER LEAKPROOF COST 7 ROWS 11 PARALLEL RESTRICTED
    SET search_path = "$user", 'Odd schema', public SET work_mem = '5MB' AS $$ BEGIN RETURN NEXT a; END $$;
COMMENT ON FUNCTION plain.every(int, text[]) IS 'every option';
REVOKE ALL ON FUNCTION plain.every(int, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plain.every(int, text[]) TO "Restage writer" WITH GRANT OPTION;
CREATE FUNCTION plain.windowed(int) RETURNS int LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_row_number';
CREATE FUNCTION plain.out_of(IN a int, OUT b int, INOUT c text) LANGUAGE sql AS 'SELECT 1, $2';
CREATE FUNCTION plain.as_table(a int) RETURNS TABLE (b int, "C d" plain.colour) LANGUAGE sql AS 'SELECT 1, NULL::plain.colour';
CREATE PROCEDURE plain.work(a int, INOUT b text) LANGUAGE plpgsql AS $$ BEGIN b := 'x'; END $$;
COMMENT ON PROCEDURE plain.work(int, text) IS 'works';
GRANT EXECUTE ON PROCEDURE plain.work(int, text) TO restage_reader;
CREATE FUNCTION plain.body(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a + 1; END;                -- >=14
CREATE FUNCTION plain.uses_body(a int) RETURNS int LANGUAGE sql RETURN plain.body(a);                      -- >=14
CREATE FUNCTION plain.supported(int, int) RETURNS bool LANGUAGE internal IMMUTABLE SUPPORT pg_catalog.textlike_support AS 'int4eq';

CREATE FUNCTION plain.add(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE plain.total(int) (SFUNC = plain.add, STYPE = int, INITCOND = '0', COMBINEFUNC = plain.add, PARALLEL = safe);
COMMENT ON AGGREGATE plain.total(int) IS 'a total';
REVOKE ALL ON FUNCTION plain.total(int) FROM PUBLIC;
CREATE AGGREGATE plain.counted(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
COMMENT ON AGGREGATE plain.counted(*) IS 'all';
GRANT EXECUTE ON FUNCTION plain.counted() TO restage_reader;
CREATE AGGREGATE plain.middle(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
COMMENT ON AGGREGATE plain.middle(float8 ORDER BY anyelement) IS 'middle';

-- operators, families, classes, casts
CREATE FUNCTION plain.word_eq(plain.word, plain.word) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'texteq';
CREATE FUNCTION plain.word_ne(plain.word, plain.word) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'textne';
CREATE FUNCTION plain.word_lt(plain.word, plain.word) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'text_lt';
CREATE FUNCTION plain.word_le(plain.word, plain.word) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'text_le';
CREATE FUNCTION plain.word_gt(plain.word, plain.word) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'text_gt';
CREATE FUNCTION plain.word_ge(plain.word, plain.word) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'text_ge';
CREATE FUNCTION plain.word_cmp(plain.word, plain.word) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'bttextcmp';
CREATE FUNCTION plain.word_text_cmp(plain.word, text) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'bttextcmp';
CREATE FUNCTION plain.word_text_lt(plain.word, text) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'text_lt';
CREATE OPERATOR plain.= (FUNCTION = plain.word_eq, LEFTARG = plain.word, RIGHTARG = plain.word, COMMUTATOR = OPERATOR(plain.=),
    NEGATOR = OPERATOR(plain.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR plain.= (plain.word, plain.word) IS 'equal';
CREATE OPERATOR plain.<> (FUNCTION = plain.word_ne, LEFTARG = plain.word, RIGHTARG = plain.word, COMMUTATOR = OPERATOR(plain.<>),
    NEGATOR = OPERATOR(plain.=), RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR plain.< (FUNCTION = plain.word_lt, LEFTARG = plain.word, RIGHTARG = plain.word, COMMUTATOR = OPERATOR(plain.>));
CREATE OPERATOR plain.<= (FUNCTION = plain.word_le, LEFTARG = plain.word, RIGHTARG = plain.word);
CREATE OPERATOR plain.> (FUNCTION = plain.word_gt, LEFTARG = plain.word, RIGHTARG = plain.word, COMMUTATOR = OPERATOR(plain.<));
CREATE OPERATOR plain.>= (FUNCTION = plain.word_ge, LEFTARG = plain.word, RIGHTARG = plain.word);
CREATE OPERATOR plain.< (FUNCTION = plain.word_text_lt, LEFTARG = plain.word, RIGHTARG = text);
CREATE FUNCTION plain.negate(plain.spans) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT isempty($1)';
CREATE OPERATOR "Odd schema".!@# (FUNCTION = plain.negate, RIGHTARG = plain.spans);
ALTER OPERATOR "Odd schema".!@# (NONE, plain.spans) OWNER TO "Restage writer";
COMMENT ON OPERATOR "Odd schema".!@# (NONE, plain.spans) IS 'prefix';
CREATE OPERATOR FAMILY plain."Word ops" USING btree;
COMMENT ON OPERATOR FAMILY plain."Word ops" USING btree IS 'family';
CREATE OPERATOR CLASS plain.word_ops DEFAULT FOR TYPE plain.word USING btree FAMILY plain."Word ops" AS
    OPERATOR 1 plain.<, OPERATOR 2 plain.<=, OPERATOR 3 plain.=, OPERATOR 4 plain.>=, OPERATOR 5 plain.>, FUNCTION 1 plain.word_cmp(plain.word, plain.word);
COMMENT ON OPERATOR CLASS plain.word_ops USING btree IS 'class';
ALTER OPERATOR FAMILY plain."Word ops" USING btree ADD
    OPERATOR 1 plain.< (plain.word, text), FUNCTION 1 (plain.word, text) plain.word_text_cmp(plain.word, text);
CREATE OPERATOR FAMILY plain.empty USING hash;
CREATE OPERATOR CLASS plain.gist_points FOR TYPE point USING gist AS STORAGE box, OPERATOR 15 <-> (point, point) FOR ORDER BY pg_catalog.float_ops,
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 3 gist_point_compress(internal), FUNCTION 5 gist_box_penalty(internal, internal, internal),
    FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal), FUNCTION 8 gist_point_distance(internal, point, smallint, oid, internal);
ALTER OPERATOR CLASS plain.gist_points USING gist OWNER TO "Restage writer";
CREATE FUNCTION plain.to_pair(int) RETURNS plain.pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, NULL)::plain.pair';
CREATE CAST (int AS plain.pair) WITH FUNCTION plain.to_pair(int) AS ASSIGNMENT;
COMMENT ON CAST (int AS plain.pair) IS 'makes pairs';
CREATE CAST (plain.word AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (text AS plain.word) WITHOUT FUNCTION;
CREATE CAST (plain.pair AS plain.word) WITH INOUT;
CREATE TABLE plain.words (w plain.word PRIMARY KEY, n "Odd schema"."Number", s plain.short, r plain.spans);
INSERT INTO plain.words VALUES ('b', '1', 'c', '[1,3]');

-- texts
CREATE COLLATION plain.c_like FROM "C";
CREATE COLLATION plain."Mixed" (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
CREATE COLLATION plain.numeric_order (PROVIDER = icu, LOCALE = 'en-u-kn-true', DETERMINISTIC = false);
CREATE COLLATION plain.ruled (PROVIDER = icu, LOCALE = 'en', RULES = '& a < g');                           -- >=16
CREATE COLLATION plain.built_in (PROVIDER = builtin, LOCALE = 'C.UTF-8');                                  -- >=17
COMMENT ON COLLATION plain.numeric_order IS 'numbers in order';
CREATE TABLE plain.texts (a text COLLATE plain.numeric_order, b text COLLATE plain."Mixed");
CREATE CONVERSION plain.latin FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE DEFAULT CONVERSION "Odd schema"."Conv" FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION plain.latin IS 'latin';
CREATE TEXT SEARCH PARSER plain.prs (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
COMMENT ON TEXT SEARCH PARSER plain.prs IS 'parser';
CREATE TEXT SEARCH TEMPLATE plain.tmpl (INIT = dsimple_init, LEXIZE = dsimple_lexize);
COMMENT ON TEXT SEARCH TEMPLATE plain.tmpl IS 'template';
CREATE TEXT SEARCH DICTIONARY plain."Dict" (TEMPLATE = plain.tmpl, STOPWORDS = 'english');
CREATE TEXT SEARCH DICTIONARY plain.bare (TEMPLATE = simple);
COMMENT ON TEXT SEARCH DICTIONARY plain."Dict" IS 'dictionary';
CREATE TEXT SEARCH CONFIGURATION plain.conf (PARSER = plain.prs);
ALTER TEXT SEARCH CONFIGURATION plain.conf ADD MAPPING FOR asciiword, word WITH plain."Dict", english_stem;
ALTER TEXT SEARCH CONFIGURATION plain.conf ADD MAPPING FOR email WITH plain.bare;
ALTER TEXT SEARCH CONFIGURATION plain.conf OWNER TO "Restage writer";
COMMENT ON TEXT SEARCH CONFIGURATION plain.conf IS 'configuration';
CREATE INDEX ON plain.texts USING gin (to_tsvector('plain.conf', a));

-- languages, access methods, foreign data
CREATE TRUSTED LANGUAGE "Odd language" HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
COMMENT ON LANGUAGE "Odd language" IS 'odd';
REVOKE USAGE ON LANGUAGE "Odd language" FROM PUBLIC;
GRANT USAGE ON LANGUAGE "Odd language" TO restage_reader;
CREATE FUNCTION plain.in_odd() RETURNS int LANGUAGE "Odd language" AS $$ BEGIN RETURN 1; END $$;
CREATE FUNCTION plain.from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'prsd_lextype';
CREATE FUNCTION plain.to_sql(internal) RETURNS int LANGUAGE internal IMMUTABLE AS 'int4recv';
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION plain.from_sql(internal), TO SQL WITH FUNCTION plain.to_sql(internal));
COMMENT ON TRANSFORM FOR int LANGUAGE sql IS 'transforms';
CREATE FUNCTION plain.transformed(int) RETURNS int TRANSFORM FOR TYPE int LANGUAGE sql AS 'SELECT 1';
CREATE ACCESS METHOD "Heap two" TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD b_tree TYPE INDEX HANDLER bthandler;
COMMENT ON ACCESS METHOD "Heap two" IS 'another heap';
CREATE TABLE plain.otherwise (a int) USING "Heap two";
CREATE FOREIGN DATA WRAPPER "Wrapper one" OPTIONS (host 'it''s', "dbname" 'x');
CREATE FOREIGN DATA WRAPPER bare NO HANDLER NO VALIDATOR;
CREATE FOREIGN DATA WRAPPER validated VALIDATOR postgresql_fdw_validator;
COMMENT ON FOREIGN DATA WRAPPER bare IS 'bare';
CREATE SERVER "Server one" TYPE 'old' VERSION '1.0' FOREIGN DATA WRAPPER "Wrapper one" OPTIONS (host 'a', dbname 'b');
CREATE SERVER two FOREIGN DATA WRAPPER bare;
COMMENT ON SERVER two IS 'the second';
GRANT USAGE ON FOREIGN DATA WRAPPER bare TO restage_reader WITH GRANT OPTION;
GRANT USAGE ON FOREIGN SERVER "Server one" TO restage_reader, PUBLIC;
CREATE FOREIGN TABLE plain.far (a int OPTIONS (column_name 'it''s'), b text) SERVER two OPTIONS (schema_name 'x');
COMMENT ON FOREIGN TABLE plain.far IS 'far';
COMMENT ON COLUMN plain.far.b IS 'far b';

-- relations with comments and privileges
CREATE TABLE plain."Table one" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "A b" text CONSTRAINT "not x" CHECK ("A b" <> 'x'), c int);
ALTER TABLE plain."Table one" OWNER TO "Restage writer";
COMMENT ON TABLE plain."Table one" IS E'back\\slash';
COMMENT ON COLUMN plain."Table one"."A b" IS 'it''s';
COMMENT ON CONSTRAINT "not x" ON plain."Table one" IS 'no x';
COMMENT ON INDEX plain."Table one_pkey" IS 'a key';
GRANT SELECT, INSERT ON plain."Table one" TO restage_reader WITH GRANT OPTION;
GRANT ALL ON plain."Table one" TO PUBLIC;
GRANT UPDATE ("A b"), SELECT ("A b", c) ON plain."Table one" TO restage_reader;
GRANT ALL ("A b") ON plain."Table one" TO PUBLIC;
REVOKE DELETE, TRUNCATE ON plain."Table one" FROM "Restage writer";
SET SESSION AUTHORIZATION restage_reader;
GRANT SELECT ON plain."Table one" TO restage_other;
RESET SESSION AUTHORIZATION;
CREATE SEQUENCE plain.counter;
COMMENT ON SEQUENCE plain.counter IS 'counts';
GRANT USAGE ON SEQUENCE plain.counter TO restage_reader;
CREATE VIEW plain.seen AS SELECT id FROM plain."Table one";
COMMENT ON VIEW plain.seen IS 'seen';
GRANT SELECT ON plain.seen TO PUBLIC;
CREATE MATERIALIZED VIEW plain.kept AS SELECT 1 AS a;
COMMENT ON MATERIALIZED VIEW plain.kept IS 'kept';
GRANT SELECT ON plain.kept TO restage_reader;
CREATE STATISTICS plain.stats ON "A b", c FROM plain."Table one";
COMMENT ON STATISTICS plain.stats IS 'figures';
CREATE RULE nothing AS ON DELETE TO plain.words DO INSTEAD NOTHING;
COMMENT ON RULE nothing ON plain.words IS 'rule';
CREATE FUNCTION plain.fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER "Fires" BEFORE INSERT ON plain.words FOR EACH ROW EXECUTE FUNCTION plain.fire();
COMMENT ON TRIGGER "Fires" ON plain.words IS 'fires';
CREATE POLICY looks ON plain."Table one" FOR SELECT TO restage_reader USING (c > 1);
COMMENT ON POLICY looks ON plain."Table one" IS 'policy';
SELECT lo_from_bytea(4711, 'abc');
COMMENT ON LARGE OBJECT 4711 IS 'large';
GRANT SELECT, UPDATE ON LARGE OBJECT 4711 TO restage_reader;

ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO restage_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE "Restage writer" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE "Restage writer" IN SCHEMA plain GRANT ALL ON SEQUENCES TO restage_reader WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE "Restage writer" IN SCHEMA "Odd schema" GRANT USAGE ON TYPES TO restage_reader;

-- what watches
CREATE FUNCTION plain.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE DEBUG 'x'; END $$;
CREATE EVENT TRIGGER "Watches" ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION plain.watch();
CREATE EVENT TRIGGER asleep ON sql_drop EXECUTE FUNCTION plain.watch();
ALTER EVENT TRIGGER asleep DISABLE;
COMMENT ON EVENT TRIGGER "Watches" IS 'watches';
CREATE PUBLICATION "Pub all" FOR ALL TABLES WITH (publish = 'insert, delete', publish_via_partition_root = true);
CREATE PUBLICATION few FOR TABLE plain.words;
CREATE PUBLICATION none;
COMMENT ON PUBLICATION few IS 'some';
ALTER PUBLICATION none OWNER TO "Restage writer";
ALTER PUBLICATION few ADD TABLE plain."Table one" (id, "A b") WHERE (id > 1 AND "A b" = 'x');             -- >=15
CREATE PUBLICATION by_schema FOR TABLES IN SCHEMA plain;                                                   -- >=15
CREATE PUBLICATION generated FOR TABLE plain.otherwise WITH (publish_generated_columns = stored);          -- >=18
-- routines of one name that only the modes of their arguments tell apart
CREATE PROCEDURE plain.twin(OUT a int, IN b int, IN c int) LANGUAGE plpgsql AS 'BEGIN a := b + c; END'; -- >=14
CREATE PROCEDURE plain.twin(IN a int, IN b int, IN c int) LANGUAGE sql AS ''; -- >=14
ALTER PROCEDURE plain.twin(OUT int, IN int, IN int) OWNER TO restage_other; -- >=14
ALTER PROCEDURE plain.twin(IN int, IN int, IN int) OWNER TO restage_reader; -- >=14
GRANT EXECUTE ON PROCEDURE plain.twin(OUT int, IN int, IN int) TO appuser; -- >=14
REVOKE EXECUTE ON PROCEDURE plain.twin(IN int, IN int, IN int) FROM PUBLIC; -- >=14
COMMENT ON PROCEDURE plain.twin(OUT int, IN int, IN int) IS 'gives'; -- >=14
COMMENT ON PROCEDURE plain.twin(IN int, IN int, IN int) IS 'takes'; -- >=14
CREATE PROCEDURE plain.many(OUT a text, IN b int) LANGUAGE plpgsql AS 'BEGIN a := b; END'; -- >=14
CREATE PROCEDURE plain.many(IN a text, VARIADIC b int[]) LANGUAGE sql AS ''; -- >=14
CREATE PROCEDURE plain.many(INOUT a text, IN b int) LANGUAGE plpgsql AS 'BEGIN a := b; END'; -- >=14
ALTER PROCEDURE plain.many(IN text, VARIADIC int[]) OWNER TO restage_other; -- >=14
ALTER PROCEDURE plain.many(INOUT text, IN int) OWNER TO restage_reader; -- >=14
COMMENT ON PROCEDURE plain.many(INOUT text, IN int) IS 'both'; -- >=14
GRANT EXECUTE ON PROCEDURE plain.many(INOUT text, IN int) TO restage_other WITH GRANT OPTION; -- >=14
CREATE FUNCTION plain.pick(VARIADIC a int[]) RETURNS int LANGUAGE sql AS 'SELECT a[1]';
CREATE FUNCTION plain.pick(a int, OUT b int, OUT c int) LANGUAGE sql AS 'SELECT a, a';
ALTER FUNCTION plain.pick(int) OWNER TO restage_other;
GRANT EXECUTE ON FUNCTION plain.pick(VARIADIC int[]) TO restage_reader;
COMMENT ON FUNCTION plain.pick(int) IS 'two';
GRANT EXECUTE ON FUNCTION plain.middle(float8, anyelement) TO restage_other;
ALTER AGGREGATE plain.middle(float8 ORDER BY anyelement) OWNER TO restage_reader;
CREATE AGGREGATE plain.most(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
ALTER AGGREGATE plain.most(VARIADIC "any" ORDER BY VARIADIC "any") OWNER TO restage_other;
GRANT EXECUTE ON FUNCTION plain.most(VARIADIC "any") TO restage_reader;
