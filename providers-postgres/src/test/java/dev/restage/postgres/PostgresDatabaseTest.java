package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.Mask;
import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.Address;
import dev.restage.provider.CopyOptions;
import dev.restage.provider.CopyResult;
import dev.restage.provider.Lockable;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.Snapshot;
import dev.restage.provider.Variables;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresDatabaseTest {

    private static final String USERS = "CREATE TABLE users(id int PRIMARY KEY, email text UNIQUE, bio varchar(40))";

    @TempDir
    Path home;

    private TestDatabases databases;

    @BeforeEach
    void prepare() {
        databases = new TestDatabases(home);
    }

    @Test
    void masksOnTheWayTheSameInEveryTable() throws SQLException {
        PostgresDatabase source = databases.holding(
                USERS,
                "CREATE TABLE logs(email text, note jsonb)",
                "INSERT INTO users SELECT i, 'ada' || i || '@real.test', E'tab\\tback\\\\slash\\nAda' FROM generate_series(1, 500) i",
                "INSERT INTO users VALUES (0, NULL, '')",
                "INSERT INTO logs SELECT email, '{\"by\": \"Ada King\", \"n\": 1}' FROM users");
        PostgresDatabase target = databases.empty();
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("*", "email", Mask.email("example.com"))
                .mask("users", "bio", Mask.freeText())
                .mask("logs", "note", Mask.json())
                .build();

        CopyResult result = target.copyFrom(source, new CopyOptions(policy, Secret.of("key")), Progress.NONE);

        assertThat(result.rows()).containsEntry("public.users", 501L).containsEntry("public.logs", 501L);
        assertThat(result.maskedValues()).isEqualTo(500 + 500 + 500 + 501);
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM users JOIN logs USING (email)"))
                .isEqualTo("500");
        assertThat(TestDatabases.one(
                        target,
                        "SELECT string_agg(u::text || l::text, '') FROM users u, logs l WHERE u.email = l.email"))
                .doesNotContain("real.test", "Ada", "King");
        assertThat(TestDatabases.one(target, "SELECT note->>'n' FROM logs LIMIT 1"))
                .isEqualTo("1");
    }

    @Test
    void refusesAColumnWithoutARuleBeforeAnythingIsChanged() throws SQLException {
        PostgresDatabase source = databases.holding(USERS, "CREATE TABLE tags(names text[], at timestamptz, mood xml)");
        PostgresDatabase target = databases.holding("CREATE TABLE kept(a int)");
        CopyOptions options = new CopyOptions(
                MaskingPolicy.builder()
                        .mask("users", "email", Mask.constant("x"))
                        .mask("users", "id", Mask.toNull())
                        .build(),
                Secret.of("key"));

        assertThat(target.checkCopy(source, options))
                .containsExactly(
                        "public.tags.names can hold personal data and has no rule: add a rule or Keep",
                        "public.tags.mood can hold personal data and has no rule: add a rule or Keep",
                        "public.users.id: the mask Null leaves nothing, and the column is NOT NULL; choose another",
                        "public.users.email: the mask Constant makes all values equal, and the column is unique; choose another",
                        "public.users.bio can hold personal data and has no rule: add a rule or Keep");
        refused(() -> target.copyFrom(source, options, Progress.NONE), Kind.UNSUPPORTED);
        assertThat(TestDatabases.contents(target)).containsKey("table public.kept");
    }

    @Test
    void refusesKindsThatItDoesNotCarryAndRowsThatWouldBeMissed() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE TYPE span AS RANGE (subtype = int)",
                "CREATE TABLE parent(id int PRIMARY KEY)",
                "CREATE TABLE child(parent_id int REFERENCES parent)");
        PostgresDatabase target = databases.empty();
        CopyOptions options =
                new CopyOptions(MaskingPolicy.builder().rows("parent").build(), Secret.of("key"));

        assertThat(target.checkCopy(source, options))
                .anyMatch(problem -> problem.startsWith("range type public.span"))
                .anyMatch(problem ->
                        problem.startsWith("public.child.parent_id refers to public.parent, whose rows stay"));
        refused(() -> source.capture(Progress.NONE), Kind.UNSUPPORTED).hasMessageContaining("range type");
    }

    @Test
    void leavesTheTargetAsItWasWhenACopyFailsMidwayAndQuotesNoValue() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE a(phone text CHECK (phone ~ '^[0-9]+$'))", "INSERT INTO a VALUES ('55512345')",
                "CREATE TABLE b(day date)", "INSERT INTO b VALUES ('2026-01-02')");
        PostgresDatabase target = databases.holding("CREATE TABLE a(kept int)", "INSERT INTO a VALUES (7)");
        Map<String, String> before = TestDatabases.contents(target);
        CopyOptions check = new CopyOptions(
                MaskingPolicy.builder()
                        .mask("a", "phone", Mask.constant("hush-hush"))
                        .build(),
                Secret.of("key"));
        CopyOptions date = new CopyOptions(
                MaskingPolicy.builder()
                        .mask("b", "day", Mask.constant("hush-hush"))
                        .lenient()
                        .build(),
                Secret.of("key"));

        refused(() -> target.copyFrom(source, check, Progress.NONE), Kind.FAILED)
                .hasMessageContaining("check constraint")
                .hasMessageNotContaining("hush");
        refused(() -> target.copyFrom(source, date, Progress.NONE), Kind.FAILED)
                .hasMessageContaining("in table b, row 1, column day")
                .hasMessageNotContaining("hush")
                .hasNoCause();
        assertThat(TestDatabases.contents(target)).isEqualTo(before);
    }

    @Test
    void namesTheSessionThatKeepsATableBusy() throws SQLException {
        PostgresDatabase source = databases.holding(USERS);
        PostgresDatabase target = databases.holding(USERS);
        try (Connection busy = target.write();
                Statement statement = busy.createStatement()) {
            busy.setClientInfo("ApplicationName", "web dyno");
            busy.setAutoCommit(false);
            statement.execute("LOCK TABLE users");

            refused(() -> target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE), Kind.CONFLICT)
                    .hasMessageContaining("web dyno");
        }
    }

    @Test
    void endsAtOnceWhenItsThreadIsInterrupted() throws Exception {
        PostgresDatabase source =
                databases.holding("CREATE TABLE big AS SELECT i, repeat('x', 200) t FROM generate_series(1, 300000) i");
        PostgresDatabase target = databases.holding("CREATE TABLE kept(a int)");
        Thread caller = Thread.currentThread();

        refused(
                        () -> target.copyFrom(source, TestDatabases.UNMASKED, (unit, done, total) -> {
                            if (done == 1000) {
                                caller.interrupt();
                            }
                        }),
                        Kind.FAILED)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(TestDatabases.contents(target))
                .containsKey("table public.kept")
                .doesNotContainKey("table public.big");
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
        assertThat(TestDatabases.contents(target)).containsKey("table public.kept");
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
    void letsOneRunAtATimeHoldTheLockAndNamesItsOwner() {
        PostgresDatabase database = databases.empty();
        try (Lockable.Lock held = database.lock("ada@laptop, run 7")) {
            refused(() -> database.lock("bob"), Kind.CONFLICT).hasMessageContaining("locked by ada@laptop, run 7");
            assertThat(held).isNotNull();
        }
        database.lock("bob").close();
    }

    @Test
    void hasConnectionsThatCannotWrite() throws SQLException {
        PostgresDatabase database = databases.holding(USERS);
        try (Connection connection = database.read();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM users")).hasMessageContaining("read-only");
        }
    }

    @Test
    void knowsItselfUnderTwoAddressesAndRefusesToCopyOntoItself() throws SQLException {
        PostgresDatabase database = databases.holding(USERS);

        assertThat(database.identity()).isNotEqualTo(databases.empty().identity());
        refused(() -> database.copyFrom(database, TestDatabases.UNMASKED, Progress.NONE), Kind.UNSUPPORTED);
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
