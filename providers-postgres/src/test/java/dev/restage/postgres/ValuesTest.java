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
import dev.restage.provider.database.CopyOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People in values of every form, from a source to a target: asked for, masked, and searched for. */
class ValuesTest {

    private final TestDatabases databases;

    ValuesTest(@TempDir Path home) {
        databases = new TestDatabases(home);
    }

    @Test
    void strictModeAsksForNumbersOfPeopleByNameAndByWhatIsSeen() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE v (id int, phone_digits bigint, n numeric(15), born date, d int, visits bigint, page_id bigint)",
                "INSERT INTO v SELECT i, 447700900100 + i, 447700900100 + i, '1980-02-29', 19800101 + i, i, 447700900100 + i"
                        + " FROM generate_series(1, 20) i");

        assertThat(databases.empty().checkCopy(source, strict()).problems())
                .extracting(problem -> problem.replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder("public.v.phone_digits", "public.v.n", "public.v.born", "public.v.d");
    }

    @Test
    void strictModeAsksForTelephoneNumbersThatAreSeenInOtherTypes() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE DOMAIN cents AS bigint",
                "CREATE TABLE v (id int, a bigint[], b money, c point, d numeric[], e float8, f cents, g bit(40), h interval,"
                        + " ok_a bigint[], ok_b money, ok_h interval)",
                "INSERT INTO v SELECT i, ARRAY[i, 447700900100 + i], (447700900100 + i)::money, point(447700900100 + i, 1),"
                        + " ARRAY[447700900100.0 + i], 447700900100 + i, 447700900100 + i, (447700900100 + i)::bit(40),"
                        + " make_interval(secs => 447700900100 + i), ARRAY[i], 17::money, '3 days 04:05:06'"
                        + " FROM generate_series(1, 20) i");

        assertThat(databases.empty().checkCopy(source, strict()).problems())
                .extracting(problem -> problem.replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder(
                        "public.v.a",
                        "public.v.b",
                        "public.v.c",
                        "public.v.d",
                        "public.v.e",
                        "public.v.f",
                        "public.v.g",
                        "public.v.h");
    }

    @Test
    void strictModeAsksForPartsOfValuesThatLookLikePeopleBesideOnesThatHaveARule() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE EXTENSION hstore",
                "CREATE TABLE p (id int, a jsonb, b text, c hstore, d json)",
                "INSERT INTO p VALUES (1, '{\"email\": \"ada@engine.example\", \"name\": \"Ada King\", \"theme\": \"dark\"}',"
                        + " '{\"email\": \"ada@engine.example\", \"to\": [{\"phone\": 447700900123}]}',"
                        + " 'email=>ada@engine.example, full_name=>\"Ada King\"',"
                        + " ('{\"email\": \"ada@engine.example\", \"theme\": \"' || repeat('d', 30000) || '\"}')::json)");
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("p", "a", email())
                .mask("p", "b", email())
                .mask("p", "c", new WholeMask.Hstore(List.of(new WholeMask.Hstore.Values("email", Mask.hash()))))
                .mask("p", "d", email())
                .build();

        assertThat(databases.empty().checkCopy(source, options(policy)).problems())
                .extracting(problem -> problem.replaceFirst(" seems to hold.*", ""))
                .containsExactlyInAnyOrder("public.p.a: $.name", "public.p.b: $.to[*].phone", "public.p.c: full_name");
    }

    private static WholeMask.Json email() {
        return new WholeMask.Json(List.of(new WholeMask.Json.At("email", Mask.email("example.com"))));
    }

    @Test
    void proposedRulesMaskNumbersWithinTheirTypesAndKeysAndTheProofHolds() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE v (id int PRIMARY KEY, phone bigint UNIQUE CHECK (phone >= 100000000000), mobile numeric(12),"
                        + " birth_date int CHECK (birth_date BETWEEN 19000101 AND 20301231), born date, tel bigint[])",
                "INSERT INTO v SELECT i, 447700900100 + i, 447700900100 + i, 19800101 + i, '1980-02-29',"
                        + " ARRAY[447700900100 + i] FROM generate_series(1, 20) i");
        MaskingPolicy policy =
                SuggestedPolicy.of(source, MaskingPolicy.builder().build()).policy();
        PostgresDatabase target = databases.empty();

        target.copyFrom(source, options(policy), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(DISTINCT phone) FROM v WHERE length(phone::text) = 12"))
                .isEqualTo("20");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM v WHERE phone = mobile"))
                .isEqualTo("20");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM v WHERE v::text ~ '4477009001|1980-02-29'"))
                .isEqualTo("0");
    }

    @Test
    void proposedRulesLeaveNobodyInSlugsPathsAndChoicesAndKeepTheirForm() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE author (id int PRIMARY KEY, name varchar(80), slug varchar(50) UNIQUE, path text)",
                "INSERT INTO author VALUES (1, 'Grace Hopper', 'grace-hopper', '/people/grace-hopper/'),"
                        + " (2, 'Barbara Liskov', 'barbara-liskov', '/people/barbara-liskov/'),"
                        + " (3, 'Alan B. Turing', 'alan_turing', '/people/alan_turing/')",
                "CREATE TABLE ticket (id int PRIMARY KEY, assigned_to text, status text)",
                "INSERT INTO ticket SELECT i, CASE i % 2 WHEN 0 THEN 'grace hopper' ELSE 'b.liskov' END,"
                        + " CASE i % 3 WHEN 0 THEN 'in progress' ELSE 'draft' END FROM generate_series(1, 40) i");
        MaskingPolicy policy =
                SuggestedPolicy.of(source, MaskingPolicy.builder().build()).policy();
        PostgresDatabase target = databases.empty();

        target.copyFrom(source, options(policy), Progress.NONE);

        String people = "~* 'grace|hopper|barbara|liskov|alan|turing'";
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM author a WHERE a::text " + people))
                .isEqualTo("0");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM ticket t WHERE t::text " + people))
                .isEqualTo("0");
        assertThat(
                        TestDatabases.one(
                                target,
                                "SELECT count(*) FROM author WHERE slug ~ '^[-a-z0-9_]+$' AND path ~ ('^/[^/]+/' || slug || '/$')"))
                .isEqualTo("3");
        assertThat(TestDatabases.all(target, "SELECT DISTINCT status FROM ticket ORDER BY 1"))
                .containsExactly("draft", "in progress");
    }

    @Test
    void theProofFindsATelephoneNumberThatIsLeftInAColumnOfNumbers() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE person (phone text)",
                "INSERT INTO person SELECT '+44 7700 9001' || to_char(i, 'FM00') FROM generate_series(1, 20) i",
                "CREATE TABLE call (n bigint, national numeric, floating double precision, many bigint[], other bigint)",
                "INSERT INTO call SELECT 447700900100 + i, 7700900100 + i, 447700900100 + i, ARRAY[447700900100 + i],"
                        + " 447700800100 + i FROM generate_series(1, 20) i");
        PostgresDatabase target = databases.empty();

        assertThatThrownBy(() -> target.copyFrom(
                        source,
                        options(MaskingPolicy.builder()
                                .mask("person", "phone", Mask.phone())
                                .lenient()
                                .build()),
                        Progress.NONE))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("public.call.n (20)")
                .hasMessageContaining("public.call.national (20)")
                .hasMessageContaining("public.call.floating (20)")
                .hasMessageContaining("public.call.many (20)")
                .hasMessageNotContaining("call.other");
    }

    @Test
    void theProofFindsOneKnownNumberAmongManyOrdinaryOnes() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE person (phone text, crm bigint)",
                "INSERT INTO person SELECT '+44 7700 9001' || to_char(i, 'FM00'), 73810025500 + i FROM generate_series(1, 20) i",
                "CREATE TABLE visit (n bigint, national numeric, floating float8, many numeric[], crm bigint, other bigint)",
                "INSERT INTO visit SELECT i, i, i, ARRAY[i], i, i FROM generate_series(1, 500) i",
                "INSERT INTO visit VALUES (447700900117, 7700900117, 447700900117, '{1,447700900117}', 73810025517, 447700800117)");
        PostgresDatabase target = databases.empty();

        assertThatThrownBy(() -> target.copyFrom(
                        source,
                        options(MaskingPolicy.builder()
                                .mask("person", "phone", Mask.phone())
                                .mask("person", "crm", Mask.digits())
                                .build()),
                        Progress.NONE))
                .hasMessageContaining("public.visit.n (1)")
                .hasMessageContaining("public.visit.national (1)")
                .hasMessageContaining("public.visit.floating (1)")
                .hasMessageContaining("public.visit.many (1)")
                .hasMessageContaining("public.visit.crm (1)")
                .hasMessageNotContaining("visit.other");
    }

    @Test
    void theProofFindsAMaskedNumberInAText() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE person (phone bigint)",
                "INSERT INTO person VALUES (447700900123)",
                "CREATE TABLE note (text text)",
                "INSERT INTO note VALUES ('call 7700900123 now')");

        assertThatThrownBy(() -> databases
                        .empty()
                        .copyFrom(
                                source,
                                options(MaskingPolicy.builder()
                                        .mask("person", "phone", Mask.digits())
                                        .lenient()
                                        .build()),
                                Progress.NONE))
                .hasMessageContaining("public.note.text (1)");
    }

    @Test
    void idsThatHappenToBeLikeAFewNumbersRaiseNoAlarm() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE person (phone text)",
                "INSERT INTO person VALUES ('020 7946 0123'), ('1234567')",
                "CREATE TABLE line (id bigint, moment bigint)",
                "INSERT INTO line SELECT 1234500 + i, 1764500000000 + i FROM generate_series(1, 200) i");

        assertThat(databases
                        .empty()
                        .copyFrom(
                                source,
                                options(MaskingPolicy.builder()
                                        .mask("person", "phone", Mask.phone())
                                        .lenient()
                                        .build()),
                                Progress.NONE)
                        .totalRows())
                .isEqualTo(202);
    }

    @Test
    void spellingsOfOneAddressJoinAsBeforeAndStayUnique() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE account (email text UNIQUE, login text UNIQUE)",
                "CREATE TABLE address (email text, data jsonb, mails text[])",
                "INSERT INTO account VALUES ('Ada.King@Acme.test', 'Ada.King@Acme.test'), ('ada.king@acme.test', 'adak')",
                "INSERT INTO address VALUES ('ada.king@acme.test', '{\"email\": \"ADA.KING@ACME.TEST\"}',"
                        + " '{Ada.King@Acme.test}')");
        PostgresDatabase target = databases.empty();

        target.copyFrom(
                source,
                options(MaskingPolicy.builder()
                        .mask("*", "email", Mask.email("example.com"))
                        .mask("*", "mails", Mask.email("example.com"))
                        .mask("*", "login", Mask.username("example.com"))
                        .mask(
                                "*",
                                "data",
                                new WholeMask.Json(List.of(new WholeMask.Json.At("email", Mask.email("example.com")))))
                        .build()),
                Progress.NONE);

        for (String join : List.of(
                "SELECT count(*) FROM account a JOIN address b ON lower(a.email) = lower(b.email)",
                "SELECT count(*) FROM account a JOIN address b ON lower(a.email) = lower(b.data->>'email')",
                "SELECT count(*) FROM account a JOIN address b ON a.email = b.mails[1]",
                "SELECT count(*) FROM account a JOIN address b ON a.email = b.email",
                "SELECT count(*) FROM account WHERE email = login",
                "SELECT count(DISTINCT email) FROM account")) {
            assertThat(TestDatabases.one(target, join)).as(join).isEqualTo(TestDatabases.one(source, join));
        }
    }

    @Test
    void whatIsNotMaskedInJsonIsByteForByteTheSame() throws Exception {
        String kept = "\"cut\": \"cut \\ud83d\",  \"big\" : 1e400, \"long\":0.10000000000000000000000000000000000001,"
                + " \"x\": 1,\"x\":2, \"e\": \"\\u00e9\\/\"";
        PostgresDatabase source = databases.holding("CREATE TABLE t (doc json, words text)");
        TestDatabases.run(
                source,
                "INSERT INTO t SELECT d::json, d FROM (SELECT '{%s, \"email\": \"ada@acme.test\"}' AS d) AS one"
                        .formatted(kept));
        PostgresDatabase target = databases.empty();

        target.copyFrom(source, options(jsonEmail("doc").plus(jsonEmail("words"))), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT doc::text FROM t"))
                .startsWith("{" + kept + ", \"email\": \"user-")
                .isEqualTo(TestDatabases.one(target, "SELECT words FROM t"));
    }

    @Test
    void anAddressThatIsMaskedAtItsPathIsNoneThatWasLeft() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE t (data jsonb, pairs jsonb)",
                "INSERT INTO t VALUES ('{\"email\": \"ada@acme.test\", \"text\": \"cut\"}',"
                        + " '{\"to\": [\"bob@acme.test\", \"eve@acme.test\"], \"n\": 1}')");
        PostgresDatabase target = databases.empty();

        target.copyFrom(
                source,
                options(jsonEmail("data")
                        .plus(MaskingPolicy.builder()
                                .mask(
                                        "t",
                                        "pairs",
                                        new WholeMask.Json(List.of(new WholeMask.Json.At(
                                                "$.to", new PersonMask.Username(Mask.email("masked.test"))))))
                                .lenient()
                                .build())),
                Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM t WHERE t::text ~ 'acme'"))
                .isEqualTo("0");
    }

    @Test
    void anAddressBesideTheMaskedPathIsNamedWithTheRuleThatIsThere() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE t (data jsonb)",
                "INSERT INTO t VALUES ('{\"email\": \"ada@acme.test\", \"cc\": \"bob@acme.test\"}')");

        assertThatThrownBy(() -> databases.empty().copyFrom(source, options(jsonEmail("data")), Progress.NONE))
                .hasMessageContaining("public.t.data (1)")
                .hasMessageContaining("iden the rule that is there for public.t.data, which leaves parts of its values")
                .hasMessageNotContaining("Add a rule");
    }

    @Test
    void checksAreJudgedByTheServerOnRealValues() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE FUNCTION is_mail(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 LIKE ''%@%'''",
                "CREATE DOMAIN mail AS text CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+\\.[[:alpha:]]+$')",
                "CREATE TABLE t (email text CHECK (email ~ '^[^@[:space:]]+@([[:alnum:]]+\\.)+[[:alpha:]]{2,}$'),"
                        + " other text CHECK (is_mail(other)), own mail, a text, b text,"
                        + " CHECK (a <> b), CHECK (length(email) > 10 AND email ~* '\\mexample\\M|acme'))",
                "INSERT INTO t VALUES ('ada@acme.test', 'ada@acme.test', 'ada@acme.test', 'ada@acme.test', 'bob@acme.test')");
        MaskingPolicy.Builder mails = MaskingPolicy.builder();
        for (String column : List.of("email", "other", "own", "a", "b")) {
            mails.mask("t", column, Mask.email("example.com"));
        }

        assertThat(databases.empty().checkCopy(source, options(mails.build())).problems())
                .isEmpty();
        assertThat(databases
                        .empty()
                        .checkCopy(
                                source,
                                options(MaskingPolicy.builder()
                                        .mask("t", "other", Mask.hash())
                                        .mask("t", "*", Mask.constant("x"))
                                        .build()))
                        .problems())
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(problem -> assertThat(problem).contains("makes values that the check"));
    }

    @Test
    void thePreviewCountsWhatLooksLikePeopleInKeptContent() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE page (body text, data jsonb, tags text[], title text, secret text)",
                "INSERT INTO page VALUES ('Ada King, ada@acme.test, call 07700 900123', '{\"a\": [\"bob@acme.test\"]}',"
                        + " '{eve@acme.test}', 'On 2026-11-30, 10-20-30, info@example.com', 'x@acme.test'), ('eve@acme.test', NULL, NULL, '', '')");

        assertThat(databases
                        .empty()
                        .checkCopy(
                                source,
                                options(MaskingPolicy.builder()
                                        .mask("page", "secret", Mask.email("example.com"))
                                        .keep("page", "*")
                                        .build()))
                        .notes())
                .filteredOn(note -> note.contains("is kept"))
                .containsExactly(
                        "public.page.body is kept, and holds what looks like e-mail addresses in 2 values and telephone numbers in 1: mask it if they are not public",
                        "public.page.data is kept, and holds what looks like e-mail addresses in 1 values and telephone numbers in 0: mask it if they are not public",
                        "public.page.tags is kept, and holds what looks like e-mail addresses in 1 values and telephone numbers in 0: mask it if they are not public");
    }

    @Test
    void aCheckThatRefusesAMissingValueIsToldBeforehand() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE t (a text CHECK (a IS NOT NULL))", "INSERT INTO t VALUES ('ada@acme.test')");

        assertThat(databases
                        .empty()
                        .checkCopy(
                                source,
                                options(MaskingPolicy.builder()
                                        .mask("t", "a", Mask.toNull())
                                        .build()))
                        .problems())
                .singleElement()
                .asString()
                .contains("public.t.a: the mask null makes values that the check");
    }

    private static MaskingPolicy jsonEmail(String column) {
        return MaskingPolicy.builder()
                .mask(
                        "t",
                        column,
                        new WholeMask.Json(List.of(new WholeMask.Json.At("email", Mask.email("example.com")))))
                .lenient()
                .build();
    }

    private static CopyOptions strict() {
        return options(MaskingPolicy.builder().build());
    }

    private static CopyOptions options(MaskingPolicy policy) {
        return new CopyOptions(policy, Secret.of("key"));
    }
}
