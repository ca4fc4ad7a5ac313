package dev.restage.redis;

import dev.restage.provider.CachePurger;
import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.PurgeScope;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * Removes the keys of one Django prefix. Walks with SCAN and removes with UNLINK, so the server goes on serving; never KEYS
 * and never FLUSH, since sessions, queues and locks of others may live in the same database.
 */
final class RedisCachePurger implements CachePurger {

    /** How many removals may be on their way. */
    private static final int PIPELINE = 8;

    private static final long LONGEST_ANSWER_SECONDS = 30;

    private final RedisLocation location;

    RedisCachePurger(RedisLocation location) {
        this.location = location;
    }

    /**
     * The run id is the server's own, so two names of one server are one. The prefix stands before the database, and with
     * several databases it ends there: then it overlaps this prefix in every database of the server.
     */
    @Override
    public Identity identity() {
        int first = location.databases().get(0);
        String server = RedisSession.in(location, first, session -> session.info("run_id"));
        if (location.databases().size() > 1) {
            return Identity.of("redis", server);
        }
        List<String> parts = new ArrayList<>(List.of(server, Integer.toString(first)));
        // keys below acme:live are below acme too
        parts.addAll(List.of(location.prefix().split(":", -1)));
        return new Identity("redis", parts);
    }

    @Override
    public Set<PurgeScope.Kind> supports() {
        return Set.of(PurgeScope.Kind.EVERYTHING, PurgeScope.Kind.PREFIX);
    }

    @Override
    public OptionalLong count(PurgeScope scope) {
        AtomicLong keys = new AtomicLong();
        return inEach(scope, walk -> {
            walk.session().scan(walk.pattern(), batch -> keys.addAndGet(batch.size()));
            return keys.getAndSet(0);
        });
    }

    @Override
    public OptionalLong purge(PurgeScope scope, Progress progress) {
        AtomicLong removed = new AtomicLong();
        return inEach(scope, walk -> {
            long before = removed.get();
            Deque<RedisFuture<Long>> sent = new ArrayDeque<>();
            walk.session().scan(walk.pattern(), batch -> {
                sent.add(walk.session().unlink(batch));
                if (sent.size() >= PIPELINE) {
                    progress.report(Progress.Unit.KEYS, removed.addAndGet(answer(sent.remove())), 0);
                }
            });
            while (!sent.isEmpty()) {
                progress.report(Progress.Unit.KEYS, removed.addAndGet(answer(sent.remove())), 0);
            }
            return removed.get() - before;
        });
    }

    private static long answer(RedisFuture<Long> command) {
        return LettuceFutures.awaitOrCancel(command, LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private OptionalLong inEach(PurgeScope scope, ToLongFunction<Walk> work) {
        List<String> patterns = patterns(scope);
        long keys = 0;
        for (int database : location.databases()) {
            keys += RedisSession.in(
                    location,
                    database,
                    session -> patterns.stream()
                            .mapToLong(pattern -> work.applyAsLong(new Walk(session, pattern)))
                            .sum());
        }
        return OptionalLong.of(keys);
    }

    private List<String> patterns(PurgeScope scope) {
        return switch (scope.kind()) {
            case EVERYTHING -> List.of(location.everything());
            case PREFIX ->
                scope.values().stream()
                        .filter(value -> scope.values().stream()
                                .noneMatch(other -> !other.equals(value) && value.startsWith(other)))
                        .distinct()
                        .map(location::below)
                        .toList();
            case HOST, URL ->
                throw new ProviderException(
                        ProviderException.Kind.UNSUPPORTED,
                        "%s holds keys and knows no hosts or URLs; purge everything or a prefix".formatted(location),
                        ProviderException.Effect.NONE,
                        null);
        };
    }

    private record Walk(RedisSession session, String pattern) {}
}
