package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.ServerErrors;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills materialized views one by one. The server does not tell which of them another one reads through a function, so those
 * that fail are tried again as long as any other succeeds.
 */
final class Refreshing implements WorkGraph.Work {

    private final List<Entry> views;
    private final Transfer transfer;

    Refreshing(List<Entry> views, Transfer transfer) {
        this.views = List.copyOf(views);
        this.transfer = transfer;
    }

    @Override
    public void run() throws SQLException, IOException {
        List<Entry> left = views;
        while (!left.isEmpty()) {
            left = failing(left);
        }
    }

    private List<Entry> failing(List<Entry> left) throws SQLException, IOException {
        List<Entry> failed = new ArrayList<>();
        @Nullable SQLException first = null;
        for (Entry view : left) {
            try {
                transfer.make(view);
            } catch (SQLException e) {
                if (ServerErrors.isConnectionLost(e)) {
                    throw e;
                }
                first = first == null ? e : first;
                failed.add(view);
            }
        }
        if (first != null && failed.size() == left.size()) {
            throw first;
        }
        return failed;
    }
}
