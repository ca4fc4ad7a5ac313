package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresDatabaseTest {

    private static final String USERS = "CREATE TABLE users(id int PRIMARY KEY, email text UNIQUE, bio varchar(40))";

    /** Makes a row that the server refuses. */
    private static final CopyOptions UNFIT = new CopyOptions(
            MaskingPolicy.builder()
                    .mask("b", "day", Mask.constant("hush-hush"))
                    .lenient()
                    .build(),
            Secret.of("key"));

    @TempDir
    Path home;

    private static PostgresDatabase users;
    private static PostgresDatabase unfit;

    /** Whatever is refused for it. */
    private static PostgresDatabase kept;

    private TestDatabases databases;

    @BeforeAll
    static void fill(@TempDir Path folder) throws SQLException {
        TestDatabases sources = new TestDatabases(folder);
        users = sources.holding(USERS, "INSERT INTO users VALUES (1, 'a@b.test', '')");
        unfit = sources.holding("CREATE TABLE b(day interval)", "INSERT INTO b VALUES ('1 day')");
        kept = sources.holding("CREATE TABLE kept(a int)");
    }

    @BeforeEach
    void prepare() {
        databases = new TestDatabases(home);
    }

    @Test
    void masksOnTheWayTheSameInEveryTableAndLeavesSubscriptionsAndTheRegisterAlone() throws SQLException {
        PostgresDatabase source = databases.holding(
                USERS,
                "CREATE TABLE logs(email text, note jsonb)",
                "INSERT INTO users SELECT i, 'ada' || i || '@real.test', E'tab\\tback\\\\slash\\nAda' FROM generate_series(1, 500) i",
                "INSERT INTO users VALUES (0, NULL, '')",
                "INSERT INTO logs SELECT email, '{\"by\": \"Ada King\", \"n\": 1}' FROM users");
        databases.asSuperuser(
                source,
                "CREATE SUBSCRIPTION orders CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p"
                        + " WITH (connect = false, slot_name = NONE)");
        PostgresDatabase target = databases.holding("CREATE TABLE old(a int)");
        target.register().putIfAbsent("ada");
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("*", "email", Mask.email("example.com"))
                .mask("users", "bio", Mask.freeText())
                .mask("logs", "note", Mask.json())
                .build();

        CopyOptions options = new CopyOptions(policy, Secret.of("key"));

        List<String> notes = target.checkCopy(source, options).notes();
        CopyResult result = target.copyFrom(source, options, Progress.NONE);
        databases.asSuperuser(source, "DROP SUBSCRIPTION orders");

        assertThat(result.rows()).containsEntry("public.users", 501L).containsEntry("public.logs", 501L);
        assertThat(result.maskedValues()).isEqualTo(500 + 500 + 500 + 501);
        assertThat(
                        TestDatabases.all(
                                target,
                                "SELECT 'joined ' || count(*) FROM users JOIN logs USING (email) UNION ALL SELECT DISTINCT 'n ' || (note->>'n') FROM logs"))
                .containsExactly("joined 500", "n 1");
        assertThat(TestDatabases.one(
                        target,
                        "SELECT string_agg(u::text || l::text, '') FROM users u, logs l WHERE u.email = l.email"))
                .doesNotContain("real.test", "Ada", "King");
        assertThat(result.leftOut()).isEqualTo(notes);
        assertThat(notes).containsExactly("SUBSCRIPTION orders was left out: it would replicate into the copy");
        assertThat(target.register().read())
                .as("after the database was emptied")
                .contains("ada");
    }

    @Test
    void refusesAColumnWithoutARuleBeforeAnythingIsChanged() throws SQLException {
        PostgresDatabase source = databases.holding(USERS, "CREATE TABLE tags(names text[], at timestamptz, mood xml)");
        CopyOptions options = new CopyOptions(
                MaskingPolicy.builder()
                        .mask("users", "email", Mask.constant("x"))
                        .mask("users", "id", Mask.toNull())
                        .build(),
                Secret.of("key"));

        assertThat(kept.checkCopy(source, options).problems())
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("public.tags.names") && problem.contains("has no rule"))
                .anyMatch(problem -> problem.startsWith("public.users.id") && problem.contains("NOT NULL"))
                .anyMatch(problem -> problem.startsWith("public.users.email") && problem.contains("unique"));
        refused(() -> kept.copyFrom(source, options, Progress.NONE), Kind.UNSUPPORTED);
        assertThat(TestDatabases.contents(kept)).containsKey("TABLE public.kept");
    }

    @Test
    void refusesRowsThatWouldBeMissed() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE parent(id int PRIMARY KEY)", "CREATE TABLE child(parent_id int REFERENCES parent)");
        CopyOptions options =
                new CopyOptions(MaskingPolicy.builder().rows("parent").build(), Secret.of("key"));

        assertThat(TestDatabases.onlyChecked().checkCopy(source, options).problems())
                .anyMatch(problem ->
                        problem.startsWith("public.child.parent_id refers to public.parent, whose rows stay"));
    }

    @Test
    void refusesASourceThatIsNotComplete() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE SCHEMA restage",
                "COMMENT ON SCHEMA restage IS 'incomplete: not yet filled from x; being filled since yesterday'");

        assertThat(source.restored()).isEmpty();
        refused(() -> kept.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE), Kind.UNSUPPORTED)
                .hasMessageContaining("is not complete");
        assertThat(TestDatabases.contents(kept)).containsKey("TABLE public.kept");
    }

    @Test
    void leavesTheTargetAsItWasWhenACopyBesideFailsMidwayAndQuotesNoValue() throws SQLException {
        PostgresDatabase target = databases.creating("CREATE TABLE a(kept int)", "INSERT INTO a VALUES (7)");
        Map<String, String> before = TestDatabases.contents(target);

        refused(() -> target.copyFrom(unfit, UNFIT, Progress.NONE), Kind.FAILED)
                .hasMessageNotContaining("hush")
                .hasNoCause();
        assertThat(TestDatabases.contents(target)).isEqualTo(before);
    }

    @Test
    void findsInHstoreWhatWasMaskedElsewhere() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE EXTENSION hstore",
                "CREATE TABLE person AS SELECT 'ada' || i || '@real.test' AS email FROM generate_series(1, 9) i",
                "CREATE TABLE more AS SELECT hstore('Contact', email) AS facts FROM person");
        PostgresDatabase target = databases.creating("CREATE TABLE kept(a int)");
        MaskingPolicy.Builder policy = MaskingPolicy.builder().lenient().mask("*", "email", Mask.email("example.com"));

        refused(
                        () -> target.copyFrom(source, new CopyOptions(policy.build(), Secret.of("key")), Progress.NONE),
                        Kind.FAILED)
                .hasMessageContaining("public.more.facts")
                .hasMessageNotContaining("real.test");
        assertThat(TestDatabases.contents(target)).containsKey("TABLE public.kept");
    }

    @Test
    void takesNoSecondSnapshotInPlaceWhereOneIsThere() throws SQLException {
        PostgresDatabase target = databases.holding("CREATE TABLE kept AS SELECT 1 AS a");
        SnapshotId before = target.capture(Progress.NONE).id();

        CopyResult result = target.copyFrom(users, TestDatabases.UNMASKED.before(before), Progress.NONE);

        assertThat(result.before()).isEqualTo(before);
        assertThat(target.snapshots()).extracting(Snapshot::id).containsExactly(before);
        target.restore(before, Progress.NONE);
        assertThat(TestDatabases.contents(target)).containsKey("TABLE public.kept");

        target.delete(before);
        refused(() -> target.copyFrom(users, TestDatabases.UNMASKED.before(before), Progress.NONE), Kind.NOT_FOUND)
                .hasMessageContaining(before.value());
        assertThat(TestDatabases.contents(target)).containsKey("TABLE public.kept");
    }

    @Test
    void marksTheTargetWhenACopyInPlaceFailsMidwayAndHasAWayBack() throws SQLException {
        PostgresDatabase target = databases.holding("CREATE TABLE a(kept int)", "INSERT INTO a VALUES (7)");

        ProviderException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                ProviderException.class, () -> target.copyFrom(unfit, UNFIT, Progress.NONE));

        assertThat(failure).hasMessageContaining("is marked as incomplete").hasMessageNotContaining("hush");
        assertThat(failure.effect()).isEqualTo(Effect.SOME);
        assertThat(TestDatabases.one(target, "SELECT obj_description('restage'::regnamespace)"))
                .startsWith("incomplete: ");
        assertThat(TestDatabases.onlyChecked()
                        .checkCopy(target, TestDatabases.UNMASKED)
                        .problems())
                .anyMatch(problem -> problem.contains("is not complete"));
        SnapshotId before = target.snapshots().get(0).id();
        target.restore(before, Progress.NONE);
        assertThat(TestDatabases.one(target, "SELECT kept FROM a")).isEqualTo("7");
        assertThat(target.restored()).contains(before);
    }

    @Test
    void keepsWhatWasThereWhereItMayCreateDatabasesAndPutsItBack() throws SQLException {
        PostgresDatabase target = databases.creating("CREATE TABLE old(a int)", "INSERT INTO old VALUES (7)");
        Identity identity = target.identity();
        target.register().putIfAbsent("ada");

        SnapshotId before =
                target.copyFrom(users, TestDatabases.UNMASKED, Progress.NONE).before();

        assertThat(before).isNotNull();
        assertThat(target.snapshots()).extracting(Snapshot::id).containsExactly(before);
        assertThat(target.identity()).isEqualTo(identity);
        assertThat(TestDatabases.one(target, "SELECT email FROM users")).isEqualTo("a@b.test");
        assertThat(target.register().read()).as("beside what was swapped").contains("ada");

        target.restore(before, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT a FROM old")).isEqualTo("7");
        assertThat(target.restored()).contains(before);
        assertThat(target.register().read()).contains("ada");
        target.delete(before);
        assertThat(target.snapshots()).isEmpty();
    }

    @Test
    void namesTheSessionThatKeepsATableBusy() throws Exception {
        PostgresDatabase target = databases.holding(USERS);
        try (Connection busy = target.write();
                Statement statement = busy.createStatement()) {
            busy.setClientInfo("ApplicationName", "web dyno");
            busy.setAutoCommit(false);
            statement.execute("LOCK TABLE users");
            Thread working = new Thread(() -> {
                try {
                    statement.execute("SELECT pg_sleep(60)");
                } catch (SQLException e) {
                    // Cancelled below.
                }
            });
            working.start();

            refused(() -> target.copyFrom(users, TestDatabases.UNMASKED, Progress.NONE), Kind.CONFLICT)
                    .hasMessageContaining("web dyno");
            statement.cancel();
            working.join();
        }
    }

    @Test
    void endsAtOnceWhenItsThreadIsInterrupted() throws Exception {
        PostgresDatabase source =
                databases.holding("CREATE TABLE big AS SELECT i, repeat('x', 1000) t FROM generate_series(1, 20000) i");
        PostgresDatabase target = databases.creating("CREATE TABLE kept(a int)");
        Thread caller = Thread.currentThread();

        refused(
                        () -> target.copyFrom(source, TestDatabases.UNMASKED, (unit, done, total) -> {
                            if (done > 0) {
                                caller.interrupt();
                            }
                        }),
                        Kind.FAILED)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(TestDatabases.contents(target))
                .containsKey("TABLE public.kept")
                .doesNotContainKey("TABLE public.big");
    }

    @Test
    void refusesADamagedSnapshotAndLeavesTheTargetAsItWas() throws Exception {
        PostgresDatabase source =
                databases.holding("CREATE TABLE big AS SELECT md5(i::text) t FROM generate_series(1, 20000) i");
        PostgresDatabase target = databases.holding("CREATE TABLE kept(a int)");
        Snapshot snapshot = source.capture(Progress.NONE);
        try (Stream<Path> files = Files.walk(home)) {
            Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.allocate(64), 5000);
            }
        }

        refused(() -> target.restore(snapshot.id(), Progress.NONE), Kind.FAILED);
        assertThat(TestDatabases.contents(target)).containsKey("TABLE public.kept");
    }

    @Test
    void carriesWhatAViewNeedsBeforeItAndWhatExtensionsBring() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE EXTENSION citext",
                "CREATE SCHEMA other",
                "CREATE TABLE other.t(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name citext UNIQUE, twice int GENERATED ALWAYS AS (length(name::text) * 2) STORED)",
                "INSERT INTO other.t(name) VALUES ('x'), ('y')",
                "CREATE VIEW v AS SELECT id, name FROM other.t GROUP BY id",
                "CREATE MATERIALIZED VIEW b AS SELECT count(*) n FROM v",
                "CREATE MATERIALIZED VIEW a AS SELECT n FROM b",
                "COMMENT ON COLUMN other.t.name IS 'it''s a name'",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER tr BEFORE UPDATE ON other.t FOR EACH ROW EXECUTE FUNCTION f()",
                "COMMENT ON TRIGGER tr ON other.t IS 'why'",
                "ALTER TABLE other.t DISABLE TRIGGER tr");
        PostgresDatabase target = databases.holding("CREATE EXTENSION citext", "CREATE TABLE old(c citext)");

        target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.contents(target)).isEqualTo(TestDatabases.contents(source));
        assertThat(TestDatabases.one(target, "SELECT n FROM a")).isEqualTo("2");
    }

    @Test
    void saysInOneSentenceWhyItCannotConnect() {
        String host = TestDatabases.server().host();
        int port = TestDatabases.server().port();
        PostgresDatabase known = databases.empty();
        String name = known.toString().replaceAll(" .*", "");

        refused(
                        () -> open("postgres://%s@%s:%d/%s".formatted(name, host, port, name))
                                .identity(),
                        Kind.DENIED)
                .hasMessageContaining("the password of user " + name + " is wrong")
                .hasMessageNotContaining("s3cret");
        refused(() -> open("postgres://nobody@127.0.0.1:1/none").describe(), Kind.UNAVAILABLE)
                .hasMessageContaining("none on 127.0.0.1:1");
        assertThatThrownBy(() -> open("postgres://localhost")).hasMessageContaining("write postgres://user@host");
    }

    @Test
    void itsRegisterLeavesWhatPeopleHaveWrittenIntoTheComment() throws SQLException {
        PostgresDatabase database = databases.empty();
        String comment =
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()";
        String name = TestDatabases.one(database, "SELECT current_database()");
        TestDatabases.run(database, "COMMENT ON DATABASE %s IS 'ours; ask Ann'".formatted(name));

        assertThat(database.register().putIfAbsent("ada")).isTrue();
        assertThat(TestDatabases.one(database, comment)).isEqualTo("ours; ask Ann\n[restage] ada");
        assertThat(database.register().remove("ada")).isTrue();
        assertThat(TestDatabases.one(database, comment)).isEqualTo("ours; ask Ann");
    }

    @Test
    void hasConnectionsThatCannotWrite() throws SQLException {
        try (Connection connection = users.read();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM users")).hasMessageContaining("read-only");
        }
    }

    @Test
    void knowsItselfUnderTwoAddressesAndRefusesToCopyOntoItself() throws SQLException {

        assertThat(users.identity()).isNotEqualTo(TestDatabases.onlyChecked().identity());
        refused(() -> users.copyFrom(users, TestDatabases.UNMASKED, Progress.NONE), Kind.UNSUPPORTED);
    }

    private static PostgresDatabase open(String address) {
        return PostgresDatabase.of(
                ConnectionSpec.of(Address.of(address), Variables.of(Map.of("PGPASSWORD", "s3cret"))),
                Variables.of(Map.of()));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable call, Kind kind) {
        ProviderException failure = org.assertj.core.api.Assertions.catchThrowableOfType(ProviderException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        return assertThat((Throwable) failure);
    }
}
