package dev.restage.media;

import dev.restage.provider.media.MediaObject;
import org.jspecify.annotations.Nullable;

/** Tells another one all that it hears itself. */
abstract class PassingOn implements Comparison.Visitor {

    private final Comparison.Visitor next;

    PassingOn(Comparison.Visitor next) {
        this.next = next;
    }

    @Override
    public void same(MediaObject source) {
        next.same(source);
    }

    @Override
    public void missing(MediaObject source) {
        next.missing(source);
    }

    @Override
    public void changed(MediaObject source, MediaObject target) {
        next.changed(source, target);
    }

    @Override
    public void archived(MediaObject source, @Nullable MediaObject target) {
        next.archived(source, target);
    }

    @Override
    public void refused(MediaObject source, @Nullable MediaObject target, String why) {
        next.refused(source, target, why);
    }

    @Override
    public void marker(MediaObject source) {
        next.marker(source);
    }

    @Override
    public void surplus(MediaObject target) {
        next.surplus(target);
    }

    @Override
    public void former(MediaObject target) {
        next.former(target);
    }
}
