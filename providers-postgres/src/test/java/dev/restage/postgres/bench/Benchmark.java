package dev.restage.postgres.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.sandbox.server.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the engine against the programs it replaces, on one machine, alternating: each round goes each way once.
 * Prints a table; docs/benchmarks.md says how to read it.
 */
public final class Benchmark {

    private static final String DIRECTORY = "pg_dump -Fd -j2, pg_restore -j2";
    private static final String PLAIN = "pg_dump -Fd -Z0 -j2, pg_restore -j2";
    private static final String PGCOPYDB = "pgcopydb clone, 2 + 2 jobs";
    private static final String FAST = "Restage, lz4";
    private static final String RESTORE = "pg_restore -j2 of -Fc";
    private static final String DUMP_SCHEMA = "pg_dump -s, 500 tables, 30 ms away";
    private static final int CATALOG_TABLES = 500;
    private static final int LATENCY_MILLIS = 30;

    private final BenchmarkOptions options;
    private final BenchServer sourceServer;
    private final BenchServer targetServer;
    private final Programs programs;
    private final ClientPrograms comparers;

    private Benchmark(BenchmarkOptions options, BenchServer sourceServer, BenchServer targetServer, Programs programs) {
        this.options = options;
        this.sourceServer = sourceServer;
        this.targetServer = targetServer;
        this.programs = programs;
        this.comparers = new ClientPrograms(Path.of(options.home(), "bin"));
    }

    /**
     * Runs it.
     *
     * @param arguments megabytes, rounds, installation, ways
     * @throws Exception if anything fails; a benchmark with a failure is worth nothing
     */
    public static void main(String[] arguments) throws Exception {
        BenchmarkOptions options = BenchmarkOptions.of(arguments);
        Path home = Path.of(options.home());
        Path scratch = Files.createTempDirectory("restage-bench-");
        try (BenchServer source = new BenchServer(home);
                BenchServer target = new BenchServer(home)) {
            new Benchmark(options, source, target, new Programs(home, scratch)).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        say("PostgreSQL %s, %d processors, %d MB of COPY text, %d rounds"
                .formatted(
                        sourceServer.version(),
                        Runtime.getRuntime().availableProcessors(),
                        options.megabytes(),
                        options.rounds()));
        PostgresDatabase wagtail = sourceServer.create("wagtail");
        WagtailLike.build(wagtail, options.megabytes());
        double gigabytes = WagtailLike.copyBytes(wagtail) / 1e9;
        Map<Way, List<Measurement>> copies = measure(wagtail, copies(), true);
        say(Report.of(copies));
        say(Report.ofClients(copies, gigabytes));
        Path archive = programs.archive(wagtail);
        say(Report.of(measure(wagtail, restores(archive), true)));
        PostgresDatabase many = sourceServer.create("many_tables");
        WagtailLike.buildCatalog(many, CATALOG_TABLES);
        try (DelayProxy proxy = DelayProxy.before(many.port(), LATENCY_MILLIS)) {
            PostgresDatabase far =
                    new PostgresDatabase(many.host(), proxy.port(), many.name(), many.user(), many.password());
            say(Report.of(measure(far, catalogs(), false)));
        }
    }

    private List<Way> copies() {
        List<Way> ways = new ArrayList<>();
        ways.add(way(DIRECTORY, (source, target) -> programs.dumpAndRestore(source, target)));
        ways.add(way(PLAIN, (source, target) -> programs.dumpAndRestore(source, target, "-Z0")));
        if (Programs.hasPgcopydb()) {
            ways.add(way(PGCOPYDB, programs::clone));
        } else {
            say("pgcopydb is left out: it is not installed");
        }
        ways.add(new Way(
                FAST,
                (source, target) -> programs.client(source, target, "copy"),
                Map.of(DIRECTORY, 0.28, PGCOPYDB, 0.55, PLAIN, 0.75)));
        ways.add(new Way(
                "Restage, stored as in the source",
                (source, target) -> programs.client(source, target, "copy-as-source"),
                Map.of(DIRECTORY, 0.36, PGCOPYDB, 0.72, PLAIN, 1.0)));
        ways.add(new Way(
                "Restage, lz4, masked",
                (source, target) -> programs.client(source, target, "copy-masked"),
                Map.of(FAST, 1.05)));
        ways.add(new Way(
                "Restage, lz4, masked, replaced and proven",
                (source, target) -> programs.client(source, target, "replace-masked"),
                Map.of()));
        return ways;
    }

    private List<Way> restores(Path archive) {
        return List.of(
                way(RESTORE, (source, target) -> programs.restore(archive, target)),
                new Way(
                        "Restage of the same file",
                        (source, target) -> programs.client(source, target, "restore", archive.toString()),
                        Map.of(RESTORE, 0.9)));
    }

    private List<Way> catalogs() {
        return List.of(
                way(DUMP_SCHEMA, (source, target) -> programs.dumpSchema(source)),
                new Way(
                        "Restage's reading of the catalog",
                        (source, target) -> programs.client(source, target, "catalog"),
                        Map.of(DUMP_SCHEMA, 0.1)));
    }

    private Map<Way, List<Measurement>> measure(PostgresDatabase source, List<Way> ways, boolean compared)
            throws Exception {
        Map<Way, List<Measurement>> results = new LinkedHashMap<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Way way : ways) {
                if (!options.ways().matcher(way.name()).find()) {
                    continue;
                }
                PostgresDatabase target = targetServer.create("target");
                Measurement measurement = measure(way, source, target);
                results.computeIfAbsent(way, first -> new ArrayList<>()).add(measurement);
                say("round %d, %s: %s".formatted(round, way.name(), measurement));
                if (compared && round == 1 && !way.name().contains("masked")) {
                    compare(way, source, target);
                }
                targetServer.dropAll();
            }
        }
        return results;
    }

    private Measurement measure(Way way, PostgresDatabase source, PostgresDatabase target) throws Exception {
        sourceServer.settle();
        targetServer.settle();
        double clientBefore = Cpu.ofEndedChildren();
        double sourceBefore = sourceServer.cpuSeconds();
        double targetBefore = targetServer.cpuSeconds();
        long began = System.nanoTime();
        double heap = way.work().go(source, target);
        double wall = (System.nanoTime() - began) / 1e9;
        return new Measurement(
                wall,
                Cpu.ofEndedChildren() - clientBefore,
                sourceServer.cpuSeconds() - sourceBefore,
                targetServer.cpuSeconds() - targetBefore,
                heap);
    }

    private void compare(Way way, PostgresDatabase source, PostgresDatabase target) throws SQLException {
        String[] options = {"--no-owner", "--no-privileges"};
        assertThat(SchemaText.of(target, comparers, options))
                .as(way.name())
                .isEqualTo(SchemaText.of(source, comparers, options));
        try (Connection from = source.connect();
                Connection to = target.connect()) {
            assertThat(RowSums.of(to)).as(way.name()).isEqualTo(RowSums.of(from));
        }
    }

    private static Way way(String name, Peer peer) {
        return new Way(
                name,
                (source, target) -> {
                    peer.go(source, target);
                    return 0;
                },
                Map.of());
    }

    private static void say(String text) {
        System.out.println(text);
    }

    /** A way of other programs. */
    private interface Peer {
        void go(PostgresDatabase source, PostgresDatabase target) throws IOException;
    }
}
