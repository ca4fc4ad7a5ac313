package dev.restage.postgres.internal.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.CutProxy;
import dev.restage.postgres.testing.LogCapture;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.sandbox.server.PostgresBinaries;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What comes of a copy when something else goes wrong: one error that names the resource and what to do, the target as
 * before or marked, and no value of a row anywhere. Each accident meets one of the two ways, and both with
 * {@code -Drestage.every=true}.
 */
class FailureTest {

    private static final String OLD = "CREATE TABLE t AS SELECT 'old' AS state";
    private static final String[] SOURCE = {
        "CREATE TABLE big AS SELECT i, 'hush' || i AS name, repeat('x', 1000) AS text FROM generate_series(1, 20000) i",
        "CREATE TABLE small AS SELECT 1 AS i, 'hush1' AS name",
        "CREATE TABLE dropped AS SELECT 1 AS i",
        "ANALYZE"
    };

    private static TestTarget source;

    @TempDir
    Path home;

    @BeforeAll
    static void fill() throws SQLException {
        source = TestTarget.plain(SOURCE);
    }

    @AfterEach
    void allowAgain() throws SQLException {
        source.asSuperuser("ALTER ROLE %s CONNECTION LIMIT -1".formatted(source.name()));
        source.run("GRANT SELECT ON small TO CURRENT_USER");
    }

    /** The two ways to replace what a database holds. */
    enum Way {
        BESIDE {
            @Override
            TestTarget target(PostgresServer... server) throws SQLException {
                return server.length == 0 ? TestTarget.creating(OLD) : TestTarget.creating(server[0], OLD);
            }
        },
        IN_PLACE {
            @Override
            TestTarget target(PostgresServer... server) throws SQLException {
                return server.length == 0 ? TestTarget.plain(OLD) : TestTarget.plain(server[0], OLD);
            }
        };

        abstract TestTarget target(PostgresServer... server) throws SQLException;
    }

    static Stream<Way> beside() {
        return Boolean.getBoolean("restage.every") ? Stream.of(Way.values()) : Stream.of(Way.BESIDE);
    }

    static Stream<Way> inPlace() {
        return Boolean.getBoolean("restage.every") ? Stream.of(Way.values()) : Stream.of(Way.IN_PLACE);
    }

    @ParameterizedTest
    @MethodSource("beside")
    void endedSessionsOfTheTarget(Way way) throws Exception {
        TestTarget target = way.target();

        ProviderException failure = failure(source.sessions, target.sessions, () -> end(target));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(target.name());
        asBeforeOrMarked(way, target, failure);
        nothingIsLeft(source, target);
    }

    @ParameterizedTest
    @MethodSource("inPlace")
    void endedSessionsOfTheSource(Way way) throws Exception {
        TestTarget target = way.target();

        ProviderException failure = failure(source.sessions, target.sessions, () -> end(source));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(source.name() + " on");
        asBeforeOrMarked(way, target, failure);
        nothingIsLeft(source, target);
    }

    @ParameterizedTest
    @MethodSource("inPlace")
    void aNetworkThatIsCutBeforeTheTarget(Way way) throws Exception {
        TestTarget target = way.target();
        try (CutProxy network = CutProxy.before(target.made.port())) {
            ProviderException failure = failure(source.sessions, behind(network, target), network::cut);

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining(target.name());
            asBeforeOrMarked(way, target, failure);
        }
    }

    @ParameterizedTest
    @MethodSource("beside")
    void aNetworkThatIsCutBeforeTheSource(Way way) throws Exception {
        TestTarget target = way.target();
        try (CutProxy network = CutProxy.before(source.made.port())) {
            ProviderException failure = failure(behind(network, source), target.sessions, network::cut);

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining(source.name() + " on");
            asBeforeOrMarked(way, target, failure);
        }
        nothingIsLeft(source, target);
    }

    @ParameterizedTest
    @MethodSource("beside")
    void aSourceThatIsStopped(Way way) throws Exception {
        TestTarget target = way.target();
        try (PostgresServer server = PostgresServer.start()) {
            TestTarget stopped = TestTarget.plain(server, SOURCE);

            ProviderException failure = failure(stopped.sessions, target.sessions, server::close);

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining(stopped.name() + " on");
            asBeforeOrMarked(way, target, failure);
        }
    }

    @ParameterizedTest
    @MethodSource("inPlace")
    void aTargetWhoseDiskIsFull(Way way) throws Exception {
        try (PostgresServer server = PostgresServer.start(withFilesOfAtMost(4_001), Map.of())) {
            TestTarget target = way.target(server);
            TestTarget wide = TestTarget.plain(
                    "CREATE TABLE wide AS SELECT 'hush' || i AS name, (SELECT string_agg(md5(i::text || j), '')"
                            + " FROM generate_series(1, 8) j) AS text FROM generate_series(1, 10000) i",
                    "CREATE INDEX wide_i ON wide (text, reverse(text))",
                    "ANALYZE");

            ProviderException failure = failure(wide.sessions, target.sessions, () -> {});

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining(target.name()).hasMessageContaining("free space");
            asBeforeOrMarked(way, target, failure);
        }
    }

    @ParameterizedTest
    @MethodSource("beside")
    void aTableThatMayNoLongerBeRead(Way way) throws Exception {
        TestTarget target = way.target();

        ProviderException failure =
                failure(source.sessions, target.sessions, () -> source.run("REVOKE SELECT ON small FROM CURRENT_USER"));

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure)
                .hasMessageContaining("public.small")
                .hasMessageContaining(source.name() + " on")
                .hasMessageContaining("grant");
        asBeforeOrMarked(way, target, failure);
        nothingIsLeft(source, target);
    }

    @ParameterizedTest
    @MethodSource("inPlace")
    void aTableThatMayNotBeReadIsFoundBeforeAnythingIsChanged(Way way) throws Exception {
        TestTarget target = way.target();
        source.run("REVOKE SELECT ON small FROM CURRENT_USER");

        ProviderException failure = failure(source.sessions, target.sessions, () -> {});

        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessageContaining("public.small").hasMessageContaining("GRANT SELECT");
        assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
        nothingIsLeft(source, target);
    }

    @ParameterizedTest
    @MethodSource("beside")
    void aSourceWithoutASessionForReading(Way way) throws Exception {
        TestTarget target = way.target();
        source.asSuperuser("ALTER ROLE %s CONNECTION LIMIT 1".formatted(source.name()));

        ProviderException failure = failure(source.sessions, target.sessions, () -> {});

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessageContaining(source.name() + " on").hasMessageContaining("no free connection");
        assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
        nothingIsLeft(source, target);
    }

    @ParameterizedTest
    @MethodSource("inPlace")
    void aTableThatIsLockedInTheSource(Way way) throws Exception {
        TestTarget target = way.target();
        try (Connection migration = source.made.connect()) {
            migration.setClientInfo("ApplicationName", "migration");
            migration.setAutoCommit(false);
            new Query(migration).run("LOCK TABLE small IN ACCESS EXCLUSIVE MODE");

            ProviderException failure = failure(source.sessions, target.sessions, () -> {});

            assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
            assertThat(failure.effect()).isEqualTo(Effect.NONE);
            assertThat(failure)
                    .hasMessageContaining(source.name() + " on")
                    .hasMessageContaining("migration, on public.small");
            assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
        }
        nothingIsLeft(source, target);
    }

    @ParameterizedTest
    @MethodSource("inPlace")
    void aRowThatAFunctionRefusesInWordsOfItsOwn(Way way) throws Exception {
        TestTarget target = way.target();
        TestTarget checking = TestTarget.plain();
        checking.run(
                "CREATE FUNCTION here(v text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF current_database() = '%s' THEN"
                                .formatted(checking.name())
                        + " RETURN true; END IF; RAISE EXCEPTION 'no %', v USING ERRCODE = 'AB123'; END $$",
                "CREATE TABLE checked(v text CHECK (here(v)))",
                "INSERT INTO checked VALUES ('hush')");

        ProviderException failure = failure(checking.sessions, target.sessions, () -> {});

        assertThat(failure).hasMessageContaining("public.checked").hasMessageContaining("AB123");
        asBeforeOrMarked(way, target, failure);
        nothingIsLeft(checking, target);
    }

    @Test
    void aDropThatComesMeanwhileWaitsForTheCopy() throws Exception {
        TestTarget target = TestTarget.creating();
        FutureTask<Boolean> drop = new FutureTask<>(() -> {
            source.run("DROP TABLE dropped");
            return true;
        });

        copy(source.sessions, target.sessions, once(() -> new Thread(drop).start()));

        assertThat(target.one("SELECT count(*) FROM dropped")).isEqualTo("1");
        assertThat(drop.get()).isTrue();
    }

    private ProviderException failure(Sessions source, Sessions target, Accident accident) {
        try (LogCapture log = new LogCapture()) {
            ProviderException failure =
                    catchThrowableOfType(ProviderException.class, () -> copy(source, target, once(accident)));
            assertThat(failure).as("the copy fails").isNotNull();
            StringWriter all = new StringWriter();
            failure.printStackTrace(new PrintWriter(all));
            assertThat(all.toString() + log.text()).doesNotContain("hush");
            assertThat(failure.getMessage()).containsPattern("run again|GRANT SELECT|look at the masks");
            return failure;
        }
    }

    private void copy(Sessions source, Sessions target, Progress progress) {
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("*", "name", Mask.constant("masked"))
                .lenient()
                .build();
        CopyOptions options = new CopyOptions(
                policy,
                Secret.of("key"),
                Set.of(),
                java.util.List.of(),
                java.util.List.of(),
                Map.of(),
                CopyOptions.Storage.FAST,
                1,
                CopyOptions.Proof.FULL,
                CopyOptions.Orphans.REFUSE,
                null,
                Map.of());
        new Engine(target, Variables.of(Map.of("RESTAGE_HOME", home.toString())))
                .copy(new LiveOrigin(source), options, progress);
    }

    private static void asBeforeOrMarked(Way way, TestTarget target, ProviderException failure) throws SQLException {
        if (way == Way.BESIDE) {
            assertThat(failure.effect()).isEqualTo(Effect.NONE);
            assertThat(failure).hasMessageContaining("nothing was changed");
            assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
            return;
        }
        assertThat(failure.effect()).isEqualTo(Effect.SOME);
        assertThat(failure)
                .hasMessageContaining("marked as incomplete")
                .hasMessageContaining("its state before is the snapshot");
        try (Connection connection = target.sessions.read()) {
            assertThat(Marker.of(connection).orElseThrow().isUnfinished()).isTrue();
        }
    }

    /** Neither sessions nor databases of ours. */
    private static void nothingIsLeft(TestTarget source, TestTarget target) throws SQLException {
        assertThat(target.databases()).containsExactly(target.name());
        try (Connection connection = source.server.connectAsSuperuser("postgres")) {
            String ours =
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'restage%%' AND datname IN ('%s', '%s')"
                            .formatted(source.name(), target.name());
            long end = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(10);
            while (new Query(connection).one(ours, row -> row.getInt(1)) > 0) {
                assertThat(System.nanoTime()).as("our sessions are gone").isLessThan(end);
                Thread.onSpinWait();
            }
        }
    }

    /** Ends our sessions there, and in the databases beside it. */
    private static void end(TestTarget database) throws SQLException {
        database.asSuperuser(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'restage copy%%' AND datname LIKE '%s%%'"
                        .formatted(database.name()));
    }

    private static Sessions behind(CutProxy network, TestTarget target) {
        return new Sessions(new ConnectionSpec(
                target.made.host(),
                network.port(),
                target.name(),
                target.made.user(),
                Secret.of(target.made.password()),
                "disable"));
    }

    /** Lets something happen when the first rows are on their way. */
    private static Progress once(Accident accident) {
        AtomicBoolean happened = new AtomicBoolean();
        return (unit, done, total) -> {
            if (!happened.getAndSet(true)) {
                try {
                    accident.happen();
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    /** Programs whose server cannot write beyond a size of file, which is to it like a full disk. */
    private static PostgresBinaries withFilesOfAtMost(int kilobytes) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash, whose ulimit takes kilobytes");
        Path home = Files.createTempDirectory(
                "restage-full-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path programs = Files.createDirectory(home.resolve("bin"));
        home.toFile().deleteOnExit();
        programs.toFile().deleteOnExit();
        Path real = PostgresBinaries.bundled().home().resolve("bin");
        for (String program : new String[] {"postgres", "initdb"}) {
            Path script = programs.resolve(program);
            String run = program.equals("postgres")
                    ? "ulimit -f %d\nexec %s".formatted(kilobytes, real.resolve(program))
                    : "exec %s --wal-segsize=1".formatted(real.resolve(program));
            Files.writeString(script, "#!/bin/bash\n%s \"$@\"\n".formatted(run));
            script.toFile().deleteOnExit();
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new PostgresBinaries(home);
    }

    /** What goes wrong. */
    @FunctionalInterface
    private interface Accident {
        void happen() throws SQLException;
    }
}
