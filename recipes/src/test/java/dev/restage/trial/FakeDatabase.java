package dev.restage.trial;

import dev.restage.masking.DatabaseShape;
import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseInfo;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.DatabaseTexts;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A database in memory that knows no rows: what it holds is one word, which copies and snapshots carry along. */
public class FakeDatabase implements Database, DatabaseSnapshotter {

    public volatile String content;
    public volatile DatabaseShape shape = new DatabaseShape(List.of());
    public volatile @Nullable Incomplete incomplete;
    public volatile DatabaseInfo info = new DatabaseInfo("PostgreSQL 18.1", 18, 0, Map.of(), List.of());

    /** Snapshot to what the database held. */
    public final Map<String, String> snapshots = new TreeMap<>();

    public final List<MediaReference> media = new ArrayList<>();
    public final List<MediaQuery> asked = new ArrayList<>();
    public final List<CopyOptions> copies = new ArrayList<>();

    /** What stands against a copy into this one. */
    public volatile CopyCheck check = new CopyCheck(List.of(), List.of());

    /** What a copy into this one tells. */
    public volatile CopyResult result =
            new CopyResult(Map.of("public.page", 40L), 4000, 12, new CopyResult.Proof(1, 3, 120, 12), List.of(), null);

    /** Object to text, as {@link #texts} tells them. */
    public final Map<String, String> definitions = new TreeMap<>();

    private final String name;
    private final Changes changes;

    protected FakeDatabase(String name, Changes changes) {
        this.name = name;
        this.content = name;
        this.changes = changes;
    }

    /** Says that it has one table with so many rows. */
    public void holds(long rows) {
        holds(Map.of("page", rows));
    }

    /** Says that it has these tables with so many rows. */
    public void holds(Map<String, Long> rows) {
        info = new DatabaseInfo(
                "PostgreSQL 18.1",
                18,
                2_500_000,
                Map.of(),
                rows.entrySet().stream()
                        .map(table -> new DatabaseInfo.Table("public", table.getKey(), table.getValue(), 8192))
                        .toList());
    }

    @Override
    public Identity identity() {
        return Identity.of("fake database", name);
    }

    @Override
    public DatabaseInfo describe() {
        return info;
    }

    @Override
    public DatabaseShape shape() {
        return shape;
    }

    @Override
    public CopyCheck checkCopy(Dataset source, CopyOptions options) {
        copies.add(options);
        return check;
    }

    @Override
    public CopyResult copyFrom(Dataset source, CopyOptions options, Progress progress) {
        copies.add(options);
        changes.make("copy to " + name, () -> {
            content = "masked " + source.identity().parts().get(0);
            holds(result.rows());
        });
        return result;
    }

    @Override
    public Connection read() {
        throw new UnsupportedOperationException("no rows are here");
    }

    @Override
    public Connection write() {
        throw new UnsupportedOperationException("no rows are here");
    }

    @Override
    public Optional<Incomplete> incomplete() {
        return Optional.ofNullable(incomplete);
    }

    @Override
    public Stream<MediaReference> media(MediaQuery query) {
        asked.add(query);
        return media.stream();
    }

    @Override
    public void texts(DatabaseTexts reader) {
        definitions.forEach(reader::definition);
    }

    @Override
    public Snapshot capture(Progress progress) {
        String id = "b%03d".formatted(snapshots.size() + 1);
        changes.make("capture " + id, () -> snapshots.put(id, content));
        return snapshot(id);
    }

    @Override
    public void restore(SnapshotId snapshot, Progress progress) {
        String kept = snapshots.get(snapshot.value());
        if (kept == null) {
            throw new ProviderException(
                    Kind.NOT_FOUND, "there is no snapshot %s: choose another".formatted(snapshot), null);
        }
        changes.make("restore " + snapshot, () -> content = kept);
    }

    @Override
    public Optional<SnapshotId> restored() {
        return Optional.empty();
    }

    @Override
    public List<Snapshot> snapshots() {
        return snapshots.keySet().stream().map(FakeDatabase::snapshot).toList();
    }

    @Override
    public void delete(SnapshotId snapshot) {
        changes.make("delete " + snapshot, () -> snapshots.remove(snapshot.value()));
    }

    private static Snapshot snapshot(String id) {
        return new Snapshot(new SnapshotId(id), Trial.NOW, 1_234_567);
    }
}
