package dev.restage.provider.app;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A cache from which entries can be removed: an application cache or a content delivery network. Purging again is
 * harmless.
 *
 * <p>Every method throws {@link ProviderException} if the cache refuses or cannot be reached.
 */
public interface CachePurger extends Resource {

    /** {@return the kinds of purge that this cache can do} */
    Set<PurgeScope.Kind> supports();

    /**
     * Counts what a purge would remove.
     *
     * @param scope what would go
     * @return the number of entries; empty if the cache cannot tell
     */
    OptionalLong count(PurgeScope scope);

    /**
     * Removes entries.
     *
     * @param scope what is to go
     * @param progress told of keys done, where the cache counts them
     * @return how many entries are gone; empty if the cache accepts a purge without telling
     * @throws ProviderException {@code UNSUPPORTED} if {@link #supports()} lacks the scope's kind
     */
    @Writes
    OptionalLong purge(PurgeScope scope, Progress progress);
}
