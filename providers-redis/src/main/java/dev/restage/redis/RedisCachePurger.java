package dev.restage.redis;

import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PurgeScope;
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
public final class RedisCachePurger implements CachePurger {

    /** How many removals may be on their way. */
    private static final int PIPELINE = 8;

    private static final long LONGEST_ANSWER_SECONDS = 30;

    private final RedisLocation location;

    RedisCachePurger(RedisLocation location) {
        this.location = location;
    }

    /**
     * Makes the cache of a URL that another provider has.
     *
     * @param address what names it, for messages, with the parameters of {@link RedisModule#KEYS}
     * @param url such as {@code rediss://:password@host:6379/0}
     * @param where where the URL stands, for messages
     * @return the cache; nothing is asked yet
     * @throws IllegalArgumentException if the URL is none of Redis; the message does not show it
     */
    public static RedisCachePurger of(Address address, Secret url, String where) {
        return new RedisCachePurger(RedisLocation.of(address, url, where));
    }

    /** {@return the server as a whole, with all its databases and prefixes} */
    public Identity server() {
        int first = location.databases().get(0);
        return Identity.of("redis", RedisSession.in(location, first, this::id));
    }

    /** Some hosts hide it; then there is nothing but where it is. */
    private String id(RedisSession session) {
        String id = session.info("run_id");
        return id.isEmpty() ? "%s:%d".formatted(Identity.hostName(location.host()), location.port()) : id;
    }

    /**
     * The run id is the server's own, so two names of one server are one. The prefix stands before the database, and with
     * several databases it ends there: then it overlaps this prefix in every database of the server.
     */
    @Override
    public Identity identity() {
        Identity server = server();
        if (location.databases().size() > 1) {
            return server;
        }
        List<String> parts = new ArrayList<>(server.parts());
        parts.add(Integer.toString(location.databases().get(0)));
        // keys below acme:live are below acme too
        parts.addAll(List.of(location.prefix().split(":", -1)));
        return new Identity(server.kind(), parts);
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
