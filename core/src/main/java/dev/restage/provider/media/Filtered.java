package dev.restage.provider.media;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MediaFilter} made of one object.
 *
 * @param outcome what happened to it
 * @param why the reason, as the end of the sentence "this file ..."; of one that is clean or was cleaned, what lies in it that
 *     nobody has looked into, of which people should hear; else empty
 * @param content what is to be stored, with the content type and headers of the object; null if the object may be copied
 *     as it is, or must not be copied at all
 */
public record Filtered(
        Outcome outcome, String why, @Nullable Content content) implements AutoCloseable {

    /** What happened to an object. */
    public enum Outcome {
        /** Its format is known, and there is nothing in it to remove: it may be copied as it is. */
        CLEAN,
        /** Its format is none that can be cleaned: it may be copied as it is, and people should hear of it. */
        UNKNOWN,
        /** Something was removed. */
        CLEANED,
        /** A placeholder takes its place because the rules say so. */
        REPLACED,
        /** A placeholder takes its place because it could not be cleaned. */
        UNCLEAN_REPLACED,
        /** It could not be cleaned and must not be copied. */
        REFUSED
    }

    /** Bytes that can be read more than once, until they are closed. */
    public interface Content extends AutoCloseable {

        /** {@return how many bytes there are} */
        long sizeBytes();

        /**
         * {@return the bytes from the first one on, to be closed by the caller}
         *
         * @throws IOException if they lie on a disk that fails
         */
        InputStream open() throws IOException;

        /** Lets go of the bytes. */
        @Override
        void close();
    }

    /** The object may be copied as it is. */
    public static final Filtered CLEAN = new Filtered(Outcome.CLEAN, "", null);

    /**
     * Makes the outcome of an object that may be copied as it is, though nobody knows what it says.
     *
     * @param why the reason, as the end of the sentence "this file ...": {@code is video/mp4}
     * @return the outcome
     */
    public static Filtered unknown(String why) {
        return new Filtered(Outcome.UNKNOWN, why, null);
    }

    /**
     * Makes the outcome of an object that must not be copied.
     *
     * @param why the reason, as the end of the sentence "this file ..."
     * @return the outcome
     */
    public static Filtered refused(String why) {
        return new Filtered(Outcome.REFUSED, why, null);
    }

    @Override
    public void close() {
        if (content != null) {
            content.close();
        }
    }
}
