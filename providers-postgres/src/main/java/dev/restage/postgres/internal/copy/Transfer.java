package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.content.Sink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.provider.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Brings contents from a source to a sink. One object serves one transfer. */
public final class Transfer {

    private final Source source;
    private final Sink sink;
    private final Contents contents;
    private final Transform transform;
    private final Map<Integer, TableData> tables;
    private final Meter meter;

    /**
     * @param contents what of the source's contents is carried
     * @param transform what happens to the rows on the way
     */
    public Transfer(Source source, Sink sink, Contents contents, Transform transform, Progress progress) {
        this.source = source;
        this.sink = sink;
        this.contents = contents;
        this.transform = transform;
        this.tables = contents.tables().stream()
                .collect(Collectors.toMap(table -> table.entry().id(), Function.identity()));
        this.meter = new Meter(
                contents.tables().stream().filter(transform::carriesRows).toList(), progress);
    }

    /**
     * What went through.
     *
     * @param rows rows by {@code schema.table}, of tables whose rows were carried; before the transform leaves any out
     * @param bytes bytes of them, likewise
     */
    public record Result(Map<String, Long> rows, long bytes) {}

    /**
     * Does it. When it fails or the thread is interrupted, all that is running is ended first.
     *
     * @param workers how many threads on each side, where both can do with more than one
     */
    public Result run(int workers) throws Exception {
        sink.begin(contents);
        if (sink.order() == Sink.Order.AS_LISTED || source.order() == Source.Order.AS_LISTED) {
            inOrder(workers);
        } else {
            make(Section.PRE_DATA);
            new Crew(new WorkPlan(contents, this, workers).all(), this::cancel).run(workers);
        }
        sink.finish();
        meter.finished();
        return new Result(meter.rows(), meter.bytes());
    }

    /** What comes in order is taken by one thread; what comes after the rows need not. */
    private void inOrder(int workers) throws Exception {
        WorkPlan plan = new WorkPlan(contents, this, workers);
        boolean listed = sink.order() == Sink.Order.AS_LISTED;
        make(Section.PRE_DATA);
        new Crew(plan.inOrder(listed), this::cancel).run(1);
        if (!listed) {
            new Crew(plan.afterRows(), this::cancel).run(workers);
        }
    }

    private void make(Section section) throws SQLException, IOException {
        for (WorkPlan.Placed placed : WorkPlan.placed(contents)) {
            if (placed.section() == section) {
                make(placed.entry());
            }
        }
    }

    void make(Entry entry) throws SQLException, IOException {
        if (entry.kind().equals(Entry.BLOBS)) {
            largeObjects(entry);
            return;
        }
        TableData data = tables.get(entry.id());
        if (data == null) {
            sink.make(entry);
        } else if (transform.carriesRows(data)) {
            rows(TablePart.whole(data));
        } else {
            try (Sink.TableWriter none = sink.rows(TablePart.whole(data))) {
                none.end();
            }
        }
    }

    /** The parts of a table that are read side by side; none if its rows stay behind. */
    List<TablePart> parts(TableData data, int most) {
        return transform.carriesRows(data) ? source.parts(data, most) : List.of();
    }

    void rows(TablePart part) throws SQLException, IOException {
        try (Sink.TableWriter target = sink.rows(part)) {
            RowSink masked = transform.before(part.data(), target);
            Meter.Part counted = meter.part(part, masked);
            source.rows(part, counted);
            counted.end();
            target.end();
        }
    }

    void settle(TableData data) throws SQLException, IOException {
        sink.settle(data);
    }

    private void largeObjects(Entry blobs) throws SQLException, IOException {
        try (Sink.LargeObjectWriter target = sink.largeObjects(blobs)) {
            source.largeObjects(blobs, target);
            target.finish();
        }
    }

    private void cancel() {
        source.cancel();
        sink.cancel();
    }
}
