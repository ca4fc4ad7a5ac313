package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.content.Origin;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.copy.LiveSource;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.database.CopyOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A live database as something to read from. */
public final class LiveOrigin implements Origin {

    private final Sessions sessions;

    public LiveOrigin(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Texts texts() {
        return Texts.OURS;
    }

    @Override
    public List<String> problems() throws SQLException {
        try (Connection connection = sessions.read()) {
            return Marker.of(connection)
                    .filter(Marker::isUnfinished)
                    .map(marker -> "%s is not complete (%s): finish that copy first, or restore a snapshot"
                            .formatted(sessions.database(), marker.text()))
                    .stream()
                    .toList();
        }
    }

    @Override
    public Source open(CopyOptions options, int targetMajor) throws SQLException {
        return LiveSource.open(sessions, targetMajor, options.without());
    }

    @Override
    public String toString() {
        return "database " + sessions.database();
    }
}
