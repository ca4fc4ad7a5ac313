package dev.restage.postgres.internal.replace;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.MaskingPolicy.Strictness;
import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskKey;
import dev.restage.postgres.internal.archive.ArchiveSink;
import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.arrange.Arrangement;
import dev.restage.postgres.internal.arrange.Routes;
import dev.restage.postgres.internal.arrange.ServerParts;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Origin;
import dev.restage.postgres.internal.content.Sink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.copy.LiveSink;
import dev.restage.postgres.internal.copy.LiveSource;
import dev.restage.postgres.internal.copy.OrphanedRows;
import dev.restage.postgres.internal.copy.Rights;
import dev.restage.postgres.internal.copy.RowFilters;
import dev.restage.postgres.internal.copy.SourceTables;
import dev.restage.postgres.internal.copy.Transfer;
import dev.restage.postgres.internal.copy.Workers;
import dev.restage.postgres.internal.mask.KeptContent;
import dev.restage.postgres.internal.mask.MaskingTransform;
import dev.restage.postgres.internal.mask.SourceRows;
import dev.restage.postgres.internal.proof.KnownPeople;
import dev.restage.postgres.internal.proof.Proof;
import dev.restage.postgres.internal.schema.FetchingTables;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.SnapshotId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One way of contents into a database or a file: fitted to it, masked, and proved. */
final class Load implements Filling {

    /** Everything as it is, for snapshots; what belongs to the server is in them, and stays behind when they are restored. */
    static final CopyOptions ALL = new CopyOptions(MaskingPolicy.none(), Secret.of("unused"));

    /** A preview waits for no more than that, where tables are large. */
    private static final Duration LOOKING = Duration.ofSeconds(10);

    private final Origin origin;
    private final Source source;
    private final CopyOptions options;
    private final Progress progress;
    private Transfer.Result sent = new Transfer.Result(Map.of(), 0);
    private List<String> unheld = List.of();
    private long masked;
    private CopyResult.Proof figures = CopyResult.Proof.NONE;

    Load(Origin origin, Source source, CopyOptions options, Progress progress) {
        this.origin = origin;
        this.source = source;
        this.options = options;
        this.progress = progress;
    }

    /** What stands against it on the side of the source and the policy, a sentence each. */
    static List<String> problems(Source source, CopyOptions options) throws SQLException, IOException {
        List<String> uncarried = source instanceof LiveSource live ? live.uncarried() : List.of();
        Stream<String> conditions = source instanceof LiveSource live
                ? conditions(live, options)
                : options.where().keySet().stream()
                        .map(table ->
                                "rows of %s cannot be chosen, as an archive answers no SQL: leave the condition out"
                                        .formatted(table));
        Selection selection = selection(options);
        Contents carried = selection.of(source.contents());
        String encoding = carried.encoding();
        boolean isMasked = !options.policy().equals(MaskingPolicy.none());
        Stream<String> undecoded = isMasked && !encoding.equals("UTF8")
                ? Stream.of("its text is in %s and masks need UTF8: dump it with pg_dump --encoding=UTF8"
                        .formatted(encoding))
                : Stream.empty();
        List<String> lacking = source instanceof ArchiveSource archive ? archive.problems(carried) : List.of();
        if (!lacking.isEmpty()) {
            return lacking;
        }
        return Stream.of(
                        uncarried.stream().map(object -> object + " cannot be carried: drop it in the source"),
                        selection.problems(source.contents()).stream(),
                        unreadable(source, options, carried),
                        conditions,
                        undecoded,
                        Routes.problems(carried, policy(options).resolve(carried.shape())).stream(),
                        masking(source, carried.shape(), options).stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** What stands against the policy; of a live source some rows are looked at for it. */
    private static List<String> masking(Source source, DatabaseShape shape, CopyOptions options) throws SQLException {
        MaskingPolicy policy = policy(options);
        if (!(source instanceof LiveSource live) || policy.equals(MaskingPolicy.none())) {
            return policy.problems(shape);
        }
        FetchingTables fetching = FetchingTables.of(live.contents());
        SourceRows rows = new SourceRows(
                live.session(), policy.resolve(shape), MaskKey.of(options.key().reveal()), fetching::has);
        return live.ofRows(query -> policy.problems(shape, rows));
    }

    /** Rows that refer to nothing; none are searched for in an archive, which answers no SQL. */
    static OrphanedRows orphans(Source source, CopyOptions options) throws SQLException, IOException {
        if (!(source instanceof LiveSource live)) {
            return new OrphanedRows(List.of(), List.of());
        }
        DatabaseShape shape = live.contents().shape();
        ResolvedPolicy policy = policy(options).resolve(shape);
        Set<String> whole = shape.tables().stream()
                .filter(table -> policy.table(table).rows() instanceof Rows.All)
                .map(TableShape::qualifiedName)
                .collect(Collectors.toSet());
        return OrphanedRows.of(
                live, whole::contains, RowFilters.of(shape, options.where()).conditions());
    }

    /**
     * Where definitions name people of masked columns: what the proof would find after the filling. An archive answers no SQL, so
     * nobody of it is known yet.
     */
    static CopyCheck people(Source source, CopyOptions options) throws SQLException, IOException {
        MaskingPolicy policy = policy(options);
        if (!(source instanceof LiveSource live) || policy.equals(MaskingPolicy.none())) {
            return new CopyCheck(List.of(), List.of());
        }
        Selection selection = selection(options);
        List<String> texts = selection.texts(live.contents());
        ResolvedPolicy resolved = policy.resolve(selection.of(live.contents()).shape());
        MaskKey key = MaskKey.of(options.key().reveal());
        Optional<KnownPeople> known =
                live.ofRows(LOOKING, query -> KnownPeople.namedIn(texts, query, policy, resolved, key));
        if (known.isEmpty()) {
            return new CopyCheck(
                    List.of(),
                    List.of(
                            "names of people were not looked for in definitions, as %s needs more than %d seconds for that: the proof does it after the filling"
                                    .formatted(source, LOOKING.toSeconds())));
        }
        List<String> named = selection.naming(known.get()::in, live.contents());
        boolean refuses = policy.strictness() == Strictness.STRICT || options.proof() == CopyOptions.Proof.FULL;
        return refuses ? new CopyCheck(named, List.of()) : new CopyCheck(List.of(), named);
    }

    /** What a person should know beforehand, a sentence each. */
    static List<String> notes(Source source, CopyOptions options) throws SQLException, IOException {
        return Stream.of(
                        selection(options).notes(source.contents()),
                        source.left().notes(),
                        kept(source, options))
                .flatMap(List::stream)
                .toList();
    }

    /** What is declared as safe and looks as if it was not. */
    private static List<String> kept(Source source, CopyOptions options) throws SQLException, IOException {
        MaskingPolicy policy = policy(options);
        if (!(source instanceof LiveSource live) || policy.equals(MaskingPolicy.none())) {
            return List.of();
        }
        KeptContent kept = new KeptContent(policy.resolve(source.contents().shape()), policy.allowedDomains());
        return live.ofRows(kept::notes);
    }

    private List<String> losses() throws SQLException, IOException {
        return Stream.of(
                        selection(options).notes(source.contents()),
                        source.left().losses(),
                        unheld)
                .flatMap(List::stream)
                .toList();
    }

    private static Stream<String> conditions(LiveSource source, CopyOptions options) throws SQLException {
        RowFilters filters = RowFilters.of(source.contents().shape(), options.where());
        return filters.problems().isEmpty() ? source.ofRows(filters::dangling).stream() : filters.problems().stream();
    }

    private static Stream<String> unreadable(Source source, CopyOptions options, Contents carried) throws SQLException {
        if (!(source instanceof LiveSource live)) {
            return Stream.empty();
        }
        ResolvedPolicy policy = policy(options).resolve(carried.shape());
        Selection selection = selection(options);
        // a right to read what is left behind after all would be granted in vain
        Contents decided = carried.withEntries(carried.entries().stream()
                .filter(entry -> !selection.isUndecided(entry))
                .toList());
        return Rights.of(live)
                .problems(decided, data -> policy.table(data.table()).carriesRows())
                .stream();
    }

    /** The policy, with the tables that the caller wants without their rows. */
    private static MaskingPolicy policy(CopyOptions options) {
        MaskingPolicy policy = options.policy();
        MaskingPolicy without = MaskingPolicy.builder()
                .rows(options.withoutRows().toArray(String[]::new))
                .build();
        return policy.plus(new MaskingPolicy(without.columns(), without.tables(), policy.strictness()));
    }

    private static Selection selection(CopyOptions options) {
        return new Selection(options.extras(), options.policy());
    }

    /** What of the source's contents is carried. */
    Contents carried() throws SQLException, IOException {
        if (source instanceof LiveSource live) {
            live.filter(RowFilters.of(live.contents().shape(), options.where()).conditions());
        }
        Contents contents = selection(options).of(source.contents());
        return Routes.of(contents, policy(options).resolve(contents.shape()));
    }

    /** How much a database needs for it at least; of an archive only the compressed size is known. */
    long bytes() throws SQLException, IOException {
        Map<String, Long> indexes = source instanceof LiveSource live ? new SourceTables(live).indexBytes() : Map.of();
        return rows().mapToLong(
                        data -> data.bytes() + indexes.getOrDefault(data.table().qualifiedName(), 0L))
                .sum();
    }

    /** How much the rows alone take in the source. */
    long rowBytes() throws SQLException, IOException {
        return rows().mapToLong(TableData::bytes).sum();
    }

    private Stream<TableData> rows() throws SQLException, IOException {
        Contents contents = selection(options).of(source.contents());
        ResolvedPolicy policy = policy(options).resolve(contents.shape());
        return contents.tables().stream()
                .filter(data -> policy.table(data.table()).carriesRows());
    }

    /** Has at hand what is needed before rows come, which must not fail when something has been changed. */
    void prepare() throws SQLException, IOException {
        if (MaskingTransform.looksUp(
                policy(options).resolve(selection(options).of(source.contents()).shape()))) {
            source.inAnyOrder(progress);
        }
    }

    @Override
    public void into(Sessions database) throws SQLException, IOException {
        Arrangement arrangement;
        try (Connection connection = database.read()) {
            Contents there = PublicSchema.fit(Extensions.of(connection).fit(carried()), connection);
            arrangement = Arrangement.of(ServerParts.of(connection).fit(there), source.searchPath());
        }
        Contents contents = arrangement.contents();
        Proof proof = Proof.start(
                options, contents, origin.texts() == Origin.Texts.OURS ? Proof.Texts.ALIKE : Proof.Texts.FOREIGN);
        MaskingTransform masking = new MaskingTransform(
                policy(options).resolve(contents.shape()),
                MaskKey.of(options.key().reveal()),
                proof::replaced);
        masking.prepare(source);
        int workers = source instanceof LiveSource live
                ? live.workers(database, options.workers())
                : Workers.count(options.workers(), Workers.free(database));
        try (LiveSink sink = LiveSink.open(database, options.storage(), options.orphans())) {
            sent = run(sink, contents, proof.watch(masking), workers);
            unheld = sink.unheld();
        }
        masked = masking.maskedValues();
        try {
            // no query is planned on a table with an index that calls a function which finds nothing
            figures = proof.check(() -> database.source(arrangement.path()), workers, progress);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Writes an archive, masked, likewise by one thread, and reads it again. */
    void masked(ArchiveSink sink, Path written) throws SQLException, IOException {
        Contents contents = carried();
        MaskingTransform masking = new MaskingTransform(
                policy(options).resolve(contents.shape()),
                MaskKey.of(options.key().reveal()),
                (table, column, original, replacement) -> {});
        masking.prepare(source);
        SentAndRead proof = new SentAndRead(masking);
        sent = run(sink, contents, proof, 1);
        masked = masking.maskedValues();
        try (ArchiveSource archive = ArchiveSource.of(written)) {
            figures = proof.check(archive);
        }
    }

    /** Writes everything as it is, also what belongs to the host, by one thread, as an archive is written from front to back. */
    void into(Sink sink) throws SQLException, IOException {
        Contents everything = new Selection(EnumSet.allOf(CopyOptions.Extra.class))
                .of(source.left().whole());
        sent = run(sink, everything, Transform.NONE, 1);
    }

    CopyResult result(Optional<SnapshotId> before) throws SQLException, IOException {
        return new CopyResult(sent.rows(), sent.bytes(), masked, figures, losses(), before.orElse(null));
    }

    private Transfer.Result run(Sink sink, Contents contents, Transform transform, int workers)
            throws SQLException, IOException {
        try {
            return new Transfer(source, sink, contents, transform, progress).run(workers);
        } catch (SQLException | IOException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }
}
