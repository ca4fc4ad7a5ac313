package dev.restage.postgres;

import dev.restage.postgres.internal.content.Origin;
import dev.restage.postgres.internal.replace.LiveOrigin;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.Dataset;

/** Finds how what others name as a source is read. */
final class Origins {

    private Origins() {}

    /** Throws {@code UNSUPPORTED} if it is neither a PostgreSQL database nor an archive of one. */
    static Origin of(Dataset source) {
        if (source instanceof KnownOrigin known) {
            return known.origin();
        }
        if (source instanceof PostgresDump dump) {
            return new DumpOrigin(dump.toString(), dump::open);
        }
        if (source instanceof PostgresBacked backed) {
            return new LiveOrigin(new Sessions(backed.connection()));
        }
        throw new ProviderException(
                Kind.UNSUPPORTED,
                "%s is no PostgreSQL database and no archive of one, so it cannot be copied".formatted(source),
                Effect.NONE,
                null);
    }
}
