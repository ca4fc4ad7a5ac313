package dev.restage.provider.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is removed from media files on their way to the target.
 *
 * @param clean the kinds of files from which metadata is removed
 * @param replace the beginnings of keys whose files become placeholders: {@code documents/personnel/}
 * @param unclean what becomes of a file that says it is of one of the kinds and cannot be cleaned
 * @param scope which keys are looked into
 */
public record FileRules(Set<Kind> clean, List<String> replace, Unclean unclean, Scope scope) {

    /** Kinds of files. */
    public enum Kind {
        /** EXIF with GPS and maker notes, XMP, IPTC, comments and previews in JPEG, PNG, WebP, TIFF, GIF, JPEG 2000, SVG. */
        IMAGE,
        /** Document information, XMP, authors of annotations, signatures and former versions in PDF. */
        PDF,
        /** Properties and names of authors, editors and commenters in Office and OpenDocument files. */
        OFFICE
    }

    /** What becomes of a file that cannot be cleaned: a broken or encrypted one, or one of a format like HEIC. */
    public enum Unclean {
        /** It is not copied, and the sync fails after all others are copied, naming such files. */
        FAIL,
        /** A placeholder is stored in its place. */
        REPLACE
    }

    /** Which keys are looked into. A key that is not looked into is copied as it is, and named. */
    public enum Scope {
        /** Those with the usual extensions of the kinds. */
        KNOWN,
        /**
         * All, as names lie: a photograph may be called {@code scan.txt}. Where the name says that a file is of no kind that
         * is cleaned, only its first bytes are read, in one request, and the rest if they say otherwise.
         */
        ALL
    }

    /** All kinds are cleaned, whatever files are called, nothing is replaced, and one that cannot be cleaned fails the sync. */
    public static final FileRules STANDARD =
            new FileRules(EnumSet.allOf(Kind.class), List.of(), Unclean.FAIL, Scope.ALL);

    /**
     * Copies the collections.
     *
     * @param clean the kinds of files from which metadata is removed
     * @param replace the beginnings of keys whose files become placeholders
     * @param unclean what becomes of a file that cannot be cleaned
     * @param scope which keys are looked into
     */
    public FileRules {
        clean = Collections.unmodifiableSortedSet(new TreeSet<>(clean));
        replace = List.copyOf(replace);
        if (replace.contains("")) {
            throw new IllegalArgumentException(
                    "the prefix \"\" would replace every file: name the folders whose files become placeholders");
        }
    }

    /**
     * Replaces more files.
     *
     * @param prefixes the beginnings of their keys
     * @return the rules with them
     */
    public FileRules replacing(String... prefixes) {
        List<String> all = new ArrayList<>(replace);
        all.addAll(List.of(prefixes));
        return new FileRules(clean, all, unclean, scope);
    }

    /**
     * Decides what becomes of files that cannot be cleaned.
     *
     * @param other what becomes of them
     * @return the rules with it
     */
    public FileRules unclean(Unclean other) {
        return new FileRules(clean, replace, other, scope);
    }

    /**
     * Decides which keys are looked into.
     *
     * @param other which keys
     * @return the rules with it
     */
    public FileRules scope(Scope other) {
        return new FileRules(clean, replace, unclean, other);
    }

    /** Reads hand-written rules, in which everything may be left out. */
    @JsonCreator
    static FileRules of(
            @Nullable Set<Kind> clean,
            @Nullable List<String> replace,
            @Nullable Unclean unclean,
            @Nullable Scope scope) {
        return new FileRules(
                Objects.requireNonNullElse(clean, STANDARD.clean),
                Objects.requireNonNullElse(replace, STANDARD.replace),
                Objects.requireNonNullElse(unclean, STANDARD.unclean),
                Objects.requireNonNullElse(scope, STANDARD.scope));
    }
}
