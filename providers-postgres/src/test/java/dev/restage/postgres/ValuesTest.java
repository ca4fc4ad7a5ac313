package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.PersonMask;
import dev.restage.masking.value.WholeMask;
import dev.restage.plan.SuggestedPolicy;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People in values of every form, from a source to a target: asked for, masked, and searched for. */
class ValuesTest {

    private static final List<String> MAILS = List.of("email", "other", "own", "a", "b");

    /** What a mask for one part of a JSON text must leave as it is. */
    private static final String KEPT =
            "\"cut\": \"cut \\ud83d\",  \"big\" : 1e400, \"long\":0.10000000000000000000000000000000000001,"
                    + " \"x\": 1,\"x\":2, \"e\": \"\\u00e9\\/\"";

    private static TestDatabases databases;
    private static PostgresDatabase asked;
    private static CopyCheck check;
    private static PostgresDatabase source;
    private static PostgresDatabase target;
    private static CopyResult result;

    @BeforeAll
    static void check(@TempDir Path home) throws SQLException {
        databases = new TestDatabases(home);
        asked = databases.holding(
                "CREATE EXTENSION hstore",
                "CREATE TABLE v (id int, phone_digits bigint, n numeric(15), born date, d int, visits bigint, page_id bigint)",
                "INSERT INTO v SELECT i, 447700900100 + i, 447700900100 + i, '1980-02-29', 19800101 + i, i, 447700900100 + i"
                        + " FROM generate_series(1, 20) i",
                "CREATE DOMAIN cents AS bigint",
                "CREATE TABLE w (id int, a bigint[], b money, c point, d numeric[], e float8, f cents, g bit(40), h interval,"
                        + " ok_a bigint[], ok_b money, ok_h interval)",
                "INSERT INTO w SELECT i, ARRAY[i, 447700900100 + i], (447700900100 + i)::money, point(447700900100 + i, 1),"
                        + " ARRAY[447700900100.0 + i], 447700900100 + i, 447700900100 + i, (447700900100 + i)::bit(40),"
                        + " make_interval(secs => 447700900100 + i), ARRAY[i], 17::money, '3 days 04:05:06'"
                        + " FROM generate_series(1, 20) i",
                "CREATE TABLE p (id int, a jsonb, b text, c hstore, d json)",
                "INSERT INTO p VALUES (1, '{\"email\": \"ada@engine.example\", \"name\": \"Ada King\", \"theme\": \"dark\"}',"
                        + " '{\"email\": \"ada@engine.example\", \"to\": [{\"phone\": 447700900123}]}',"
                        + " 'email=>ada@engine.example, full_name=>\"Ada King\"',"
                        + " ('{\"email\": \"ada@engine.example\", \"theme\": \"' || repeat('d', 30000) || '\"}')::json)",
                "CREATE FUNCTION is_mail(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 LIKE ''%@%'''",
                "CREATE DOMAIN mail AS text CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+\\.[[:alpha:]]+$')",
                "CREATE TABLE t (email text CHECK (email ~ '^[^@[:space:]]+@([[:alnum:]]+\\.)+[[:alpha:]]{2,}$'),"
                        + " other text CHECK (is_mail(other)), own mail, a text, b text,"
                        + " CHECK (a <> b), CHECK (length(email) > 10 AND email ~* '\\mexample\\M|acme'))",
                "INSERT INTO t VALUES ('ada@acme.test', 'ada@acme.test', 'ada@acme.test', 'ada@acme.test', 'bob@acme.test')",
                "CREATE TABLE page (body text, data jsonb, tags text[], title text, secret text)",
                "INSERT INTO page VALUES ('Ada King, ada@acme.test, call 07700 900123', '{\"a\": [\"bob@acme.test\"]}',"
                        + " '{eve@acme.test}', 'On 2026-11-30, 10-20-30, info@example.com', 'x@acme.test'), ('eve@acme.test', NULL, NULL, '', '')",
                "CREATE TABLE missing (a text CHECK (a IS NOT NULL))",
                "INSERT INTO missing VALUES ('ada@acme.test')");
        MaskingPolicy.Builder policy = MaskingPolicy.builder()
                .mask("p", "a", email())
                .mask("p", "b", email())
                .mask("p", "c", new WholeMask.Hstore(List.of(new WholeMask.Hstore.Values("email", Mask.hash()))))
                .mask("p", "d", email())
                .mask("page", "secret", Mask.email("example.com"))
                .keep("page", "*")
                .keep("missing", "*");
        MAILS.forEach(column -> policy.mask("t", column, Mask.email("example.com")));
        check = TestDatabases.onlyChecked().checkCopy(asked, options(policy.build()));
    }

    @BeforeAll
    static void copy(@TempDir Path home) throws SQLException {
        source = new TestDatabases(home)
                .holding(
                        "CREATE TABLE account (email text UNIQUE, login text UNIQUE)",
                        "CREATE TABLE address (email text, data jsonb, mails text[])",
                        "INSERT INTO account VALUES ('Ada.King@Acme.test', 'Ada.King@Acme.test'), ('ada.king@acme.test', 'adak')",
                        "INSERT INTO address VALUES ('ada.king@acme.test', '{\"email\": \"ADA.KING@ACME.TEST\"}',"
                                + " '{Ada.King@Acme.test}')",
                        "CREATE TABLE doc (doc json, words text)",
                        "INSERT INTO doc SELECT d::json, d FROM (SELECT '{%s, \"email\": \"ada@acme.test\"}' AS d) AS one"
                                .formatted(KEPT),
                        "CREATE TABLE path (data jsonb, pairs jsonb)",
                        "INSERT INTO path VALUES ('{\"email\": \"ada@acme.test\", \"text\": \"cut\"}',"
                                + " '{\"to\": [\"bob@acme.test\", \"eve@acme.test\"], \"n\": 1}')",
                        "CREATE TABLE person (phone text)",
                        "INSERT INTO person VALUES ('020 7946 0123'), ('1234567')",
                        "CREATE TABLE line (id bigint, moment bigint)",
                        "INSERT INTO line SELECT 1234500 + i, 1764500000000 + i FROM generate_series(1, 200) i");
        target = new TestDatabases(home).empty();
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("*", "email", Mask.email("example.com"))
                .mask("*", "mails", Mask.email("example.com"))
                .mask("*", "login", Mask.username("example.com"))
                .mask("*", "data", email())
                .mask("doc", "*", email())
                .mask(
                        "path",
                        "pairs",
                        new WholeMask.Json(List.of(
                                new WholeMask.Json.At("$.to", new PersonMask.Username(Mask.email("masked.test"))))))
                .mask("person", "phone", Mask.phone())
                .lenient()
                .build();
        result = target.copyFrom(source, options(policy), Progress.NONE);
    }

    @Test
    void strictModeAsksForNumbersOfPeopleByNameAndByWhatIsSeen() {
        assertThat(problemsOf("public.v."))
                .extracting(problem -> problem.replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder("public.v.phone_digits", "public.v.n", "public.v.born", "public.v.d");
    }

    @Test
    void strictModeAsksForTelephoneNumbersThatAreSeenInOtherTypes() {
        assertThat(problemsOf("public.w."))
                .extracting(problem -> problem.replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder(
                        "public.w.a",
                        "public.w.b",
                        "public.w.c",
                        "public.w.d",
                        "public.w.e",
                        "public.w.f",
                        "public.w.g",
                        "public.w.h");
    }

    @Test
    void strictModeAsksForPartsOfValuesThatLookLikePeopleBesideOnesThatHaveARule() {
        assertThat(problemsOf("public.p."))
                .extracting(problem -> problem.replaceFirst(" seems to hold.*", ""))
                .containsExactlyInAnyOrder("public.p.a: $.name", "public.p.b: $.to[*].phone", "public.p.c: full_name");
    }

    @Test
    void checksAreJudgedByTheServerOnRealValues() {
        assertThat(problemsOf("public.t")).isEmpty();
        assertThat(TestDatabases.onlyChecked()
                        .checkCopy(
                                asked,
                                options(MaskingPolicy.builder()
                                        .mask("t", "other", Mask.hash())
                                        .mask("t", "*", Mask.constant("x"))
                                        .mask("missing", "a", Mask.toNull())
                                        .lenient()
                                        .build()))
                        .problems())
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(problem -> assertThat(problem).contains("makes values that the check"))
                .filteredOn(problem -> problem.startsWith("public.missing"))
                .singleElement()
                .asString()
                .contains("public.missing.a: the mask null makes values that the check");
    }

    @Test
    void thePreviewCountsWhatLooksLikePeopleInKeptContent() {
        assertThat(check.notes())
                .filteredOn(note -> note.startsWith("public.page") && note.contains("is kept"))
                .containsExactly(
                        "public.page.body is kept, and holds what looks like e-mail addresses in 2 values and telephone numbers in 1: mask it if they are not public",
                        "public.page.data is kept, and holds what looks like e-mail addresses in 1 values and telephone numbers in 0: mask it if they are not public",
                        "public.page.tags is kept, and holds what looks like e-mail addresses in 1 values and telephone numbers in 0: mask it if they are not public");
        assertThat(problemsOf("public.page")).isEmpty();
    }

    @Test
    void proposedRulesLeaveNobodyAndKeepTypesKeysAndFormAndTheProofHolds() throws Exception {
        PostgresDatabase people = databases.holding(
                "CREATE TABLE v (id int PRIMARY KEY, phone bigint UNIQUE CHECK (phone >= 100000000000), mobile numeric(12),"
                        + " birth_date int CHECK (birth_date BETWEEN 19000101 AND 20301231), born date, tel bigint[])",
                "INSERT INTO v SELECT i, 447700900100 + i, 447700900100 + i, 19800101 + i, '1980-02-29',"
                        + " ARRAY[447700900100 + i] FROM generate_series(1, 20) i",
                "CREATE TABLE author (id int PRIMARY KEY, name varchar(80), slug varchar(50) UNIQUE, path text)",
                "INSERT INTO author VALUES (1, 'Grace Hopper', 'grace-hopper', '/people/grace-hopper/'),"
                        + " (2, 'Barbara Liskov', 'barbara-liskov', '/people/barbara-liskov/'),"
                        + " (3, 'Alan B. Turing', 'alan_turing', '/people/alan_turing/')",
                "CREATE TABLE ticket (id int PRIMARY KEY, assigned_to text, status text)",
                "INSERT INTO ticket SELECT i, CASE i % 2 WHEN 0 THEN 'grace hopper' ELSE 'b.liskov' END,"
                        + " CASE i % 3 WHEN 0 THEN 'in progress' ELSE 'draft' END FROM generate_series(1, 40) i");
        MaskingPolicy policy =
                SuggestedPolicy.of(people, MaskingPolicy.builder().build()).policy();
        PostgresDatabase copied = databases.empty();

        copied.copyFrom(people, options(policy), Progress.NONE);

        String names = "~* 'grace|hopper|barbara|liskov|alan|turing'";
        assertThat(TestDatabases.all(
                        copied,
                        String.join(
                                " UNION ALL ",
                                "SELECT 'phones: ' || count(DISTINCT phone) FROM v WHERE length(phone::text) = 12",
                                "SELECT 'joins: ' || count(*) FROM v WHERE phone = mobile",
                                "SELECT 'left in v: ' || v::text FROM v WHERE v::text ~ '4477009001|1980-02-29'",
                                "SELECT 'left in author: ' || a::text FROM author a WHERE a::text " + names,
                                "SELECT 'left in ticket: ' || t::text FROM ticket t WHERE t::text " + names,
                                "SELECT 'slugs: ' || count(*) FROM author"
                                        + " WHERE slug ~ '^[-a-z0-9_]+$' AND path ~ ('^/[^/]+/' || slug || '/$')",
                                "SELECT DISTINCT 'status: ' || status FROM ticket")))
                .containsExactlyInAnyOrder(
                        "phones: 20", "joins: 20", "slugs: 3", "status: draft", "status: in progress");
    }

    @Test
    void theProofFindsNumbersThatAreLeftInNumbersAmongOrdinaryOnesAndInTexts() throws Exception {
        PostgresDatabase numbers = databases.holding(
                "CREATE TABLE person (phone text, crm bigint, mobile bigint)",
                "INSERT INTO person SELECT '+44 7700 9001' || to_char(i, 'FM00'), 73810025500 + i, 447911123400 + i"
                        + " FROM generate_series(1, 20) i",
                "CREATE TABLE call (n bigint, national numeric, floating double precision, many bigint[], other bigint)",
                "INSERT INTO call SELECT 447700900100 + i, 7700900100 + i, 447700900100 + i, ARRAY[447700900100 + i],"
                        + " 447700800100 + i FROM generate_series(1, 20) i",
                "CREATE TABLE visit (n bigint, national numeric, floating float8, many numeric[], crm bigint, other bigint)",
                "INSERT INTO visit SELECT i, i, i, ARRAY[i], i, i FROM generate_series(1, 500) i",
                "INSERT INTO visit VALUES (447700900117, 7700900117, 447700900117, '{1,447700900117}', 73810025517, 447700800117)",
                "CREATE TABLE note (text text)",
                "INSERT INTO note VALUES ('call 7911123417 now')");

        assertThatThrownBy(() -> databases
                        .empty()
                        .copyFrom(
                                numbers,
                                options(MaskingPolicy.builder()
                                        .mask("person", "phone", Mask.phone())
                                        .mask("person", "crm", Mask.digits())
                                        .mask("person", "mobile", Mask.digits())
                                        .lenient()
                                        .build()),
                                Progress.NONE))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll(
                        "public.call.n (20)",
                        "public.call.national (20)",
                        "public.call.floating (20)",
                        "public.call.many (20)",
                        "public.visit.n (1)",
                        "public.visit.national (1)",
                        "public.visit.floating (1)",
                        "public.visit.many (1)",
                        "public.visit.crm (1)",
                        "public.note.text (1)")
                .hasMessageNotContaining("call.other")
                .hasMessageNotContaining("visit.other");
    }

    @Test
    void idsThatHappenToBeLikeAFewNumbersRaiseNoAlarm() {
        assertThat(result.rows()).containsEntry("public.person", 2L).containsEntry("public.line", 200L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM account a JOIN address b ON lower(a.email) = lower(b.email)",
                "SELECT count(*) FROM account a JOIN address b ON lower(a.email) = lower(b.data->>'email')",
                "SELECT count(*) FROM account a JOIN address b ON a.email = b.mails[1]",
                "SELECT count(*) FROM account a JOIN address b ON a.email = b.email",
                "SELECT count(*) FROM account WHERE email = login",
                "SELECT count(DISTINCT email) FROM account"
            })
    void spellingsOfOneAddressJoinAsBeforeAndStayUnique(String join) throws Exception {
        assertThat(TestDatabases.one(target, join)).isEqualTo(TestDatabases.one(source, join));
    }

    @Test
    void whatIsNotMaskedInJsonIsByteForByteTheSame() throws Exception {
        assertThat(TestDatabases.one(target, "SELECT doc::text FROM doc"))
                .startsWith("{" + KEPT + ", \"email\": \"user-")
                .isEqualTo(TestDatabases.one(target, "SELECT words FROM doc"));
    }

    @Test
    void anAddressThatIsMaskedAtItsPathIsNoneThatWasLeft() throws Exception {
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM path p WHERE p::text ~ 'acme'"))
                .isEqualTo("0");
    }

    @Test
    void anAddressBesideTheMaskedPathIsNamedWithTheRuleThatIsThere() throws Exception {
        PostgresDatabase beside = databases.holding(
                "CREATE TABLE t (data jsonb)",
                "INSERT INTO t VALUES ('{\"email\": \"ada@acme.test\", \"cc\": \"bob@acme.test\"}')");
        MaskingPolicy policy =
                MaskingPolicy.builder().mask("t", "data", email()).lenient().build();

        assertThatThrownBy(() -> databases.empty().copyFrom(beside, options(policy), Progress.NONE))
                .hasMessageContaining("public.t.data (1)")
                .hasMessageContaining("iden the rule that is there for public.t.data, which leaves parts of its values")
                .hasMessageNotContaining("Add a rule");
    }

    private static List<String> problemsOf(String tables) {
        return check.problems().stream()
                .filter(problem -> problem.startsWith(tables))
                .toList();
    }

    private static WholeMask.Json email() {
        return new WholeMask.Json(List.of(new WholeMask.Json.At("email", Mask.email("example.com"))));
    }

    private static CopyOptions options(MaskingPolicy policy) {
        return new CopyOptions(policy, Secret.of("key"));
    }
}
