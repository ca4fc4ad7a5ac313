package dev.restage.media;

import dev.restage.media.internal.listing.Selection;
import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Joins the needed files of a range with the objects of it, which come in the order of their keys. */
final class NeededKeys implements Selection {

    private final NeededFiles.Part files;
    private final Predicate<String> scope;
    private final NeedsTally tally;
    private @Nullable MediaReference current;

    /** @param scope whether a file belongs to the join; others are passed over */
    NeededKeys(NeededFiles files, KeyRange range, Predicate<String> scope, NeedsTally tally) {
        this.files = files.in(range);
        this.scope = scope;
        this.tally = tally;
        advance();
    }

    @Override
    public boolean test(MediaObject object, String key) {
        MediaReference next = current;
        while (next != null) {
            int order = KeyOrder.UTF_8.compare(next.key(), key);
            if (order > 0) {
                break;
            }
            if (order == 0) {
                tally.met(next);
            } else {
                tally.unmet(next);
            }
            advance();
            if (order == 0) {
                return true;
            }
            next = current;
        }
        tally.unneeded(object, key);
        return false;
    }

    @Override
    public void finish() {
        for (MediaReference next = current; next != null; next = current) {
            tally.unmet(next);
            advance();
        }
    }

    @Override
    public void close() {
        files.close();
    }

    private void advance() {
        do {
            current = files.next();
        } while (current != null && !scope.test(current.key()));
    }
}
