package dev.restage.media;

import dev.restage.provider.media.MediaObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what it hears of a comparison: {@code missing a}, {@code refused b (why)}. */
final class Heard implements Comparison.Visitor {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    /** All that was heard, sorted, as several threads tell it. */
    List<String> lines() {
        return lines.stream().sorted().toList();
    }

    @Override
    public void same(MediaObject source) {
        lines.add("same " + source.key());
    }

    @Override
    public void missing(MediaObject source) {
        lines.add("missing " + source.key());
    }

    @Override
    public void changed(MediaObject source, MediaObject target) {
        lines.add("changed " + source.key());
    }

    @Override
    public void archived(MediaObject source, @Nullable MediaObject target) {
        lines.add("archived " + source.key() + (target == null ? "" : " at target"));
    }

    @Override
    public void refused(MediaObject source, @Nullable MediaObject target, String why) {
        lines.add("refused %s (%s)%s".formatted(source.key(), why, target == null ? "" : " at target"));
    }

    @Override
    public void marker(MediaObject source) {
        lines.add("marker " + source.key());
    }

    @Override
    public void surplus(MediaObject target) {
        lines.add("surplus " + target.key());
    }

    @Override
    public void former(MediaObject target) {
        lines.add("former " + target.key());
    }
}
