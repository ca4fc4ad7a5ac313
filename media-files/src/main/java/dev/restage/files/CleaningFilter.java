package dev.restage.files;

import dev.restage.files.Recognition.Seen;
import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import dev.restage.files.internal.office.PackageScrubber;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.FileRules.Kind;
import dev.restage.provider.media.FileRules.Scope;
import dev.restage.provider.media.FileRules.Unclean;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the first bytes of a file, and reads on only if it is of a kind that is cleaned. */
final class CleaningFilter implements MediaFilter {

    private static final String REPLACE = "replace";

    /** A larger ZIP file that is not called an Office file is none that people have made. */
    private static final long MOST_ARCHIVE = 256L << 20;

    private final FileRules rules;
    private final Set<String> replaced;
    private final Recognition recognition = new Recognition();
    private final String clean;
    private final String replace;

    CleaningFilter(FileRules rules, Set<String> replaced) {
        this.rules = rules;
        this.replaced = Set.copyOf(replaced);
        this.clean = digest("clean %s %s".formatted(rules.clean(), rules.unclean()));
        this.replace = digest(REPLACE);
    }

    @Override
    public String treatment(String key, long sizeBytes) {
        if (isReplaced(key)) {
            return replace;
        }
        return sizeBytes > 0 && isInScope(key) ? clean : "";
    }

    @Override
    public long firstBytes(String key, long sizeBytes) {
        return isReplaced(key) || !isCleaned(recognition.ofName(key).kind()) ? Recognition.HEAD_BYTES : sizeBytes;
    }

    @Override
    public Filtered apply(MediaObject object, MediaContent content) {
        try {
            BufferedInputStream stream = new BufferedInputStream(content.stream(), Recognition.HEAD_BYTES);
            stream.mark(Recognition.HEAD_BYTES);
            byte[] head = stream.readNBytes(Recognition.HEAD_BYTES);
            stream.reset();
            Seen seen = seen(object.key(), head);
            return isReplaced(object.key())
                    ? new Filtered(
                            Outcome.REPLACED,
                            "is one that the rules replace",
                            Placeholders.of(seen.format(), object.key()))
                    : apply(object, seen, stream);
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "%s cannot be read to clean it (%s); run again".formatted(object.key(), e.getMessage()),
                    e);
        }
    }

    private Filtered apply(MediaObject object, Seen found, InputStream stream) throws IOException {
        FileFormat claimed = recognition.ofName(object.key());
        try {
            if (isNothing(found) && isCleaned(claimed.kind())) {
                throw new UncleanException("is named like %s and %s".formatted(named(claimed), found.is()));
            }
            if (!isCleaned(found.kind()) && !mayBeOffice(found, claimed, object.sizeBytes())) {
                return Filtered.unknown(found.is());
            }
            try (Spool file = Spool.of(stream)) {
                if (file.sizeBytes() != object.sizeBytes()) {
                    throw new IOException(
                            "it ended after %d of %d bytes".formatted(file.sizeBytes(), object.sizeBytes()));
                }
                if (found.format() != FileFormat.ZIP) {
                    return scrub(found, file);
                }
                return claimed == FileFormat.PACKAGE || PackageScrubber.isOffice(file)
                        ? scrub(Recognition.PACKAGE, file)
                        : Filtered.unknown(found.is());
            }
        } catch (UncleanException e) {
            return rules.unclean() == Unclean.FAIL
                    ? Filtered.refused(e.why())
                    : new Filtered(
                            Outcome.UNCLEAN_REPLACED,
                            e.why(),
                            Placeholders.of(isNothing(found) ? claimed : found.format(), object.key()));
        }
    }

    private static boolean isNothing(Seen found) {
        return found.kind() == null && (found.format() == FileFormat.UNKNOWN || found.format() == FileFormat.GZIP);
    }

    private boolean mayBeOffice(Seen found, FileFormat claimed, long sizeBytes) {
        return found.format() == FileFormat.ZIP
                && rules.clean().contains(Kind.OFFICE)
                && (claimed == FileFormat.PACKAGE || sizeBytes <= MOST_ARCHIVE);
    }

    private static String named(FileFormat claimed) {
        Kind kind = claimed.kind();
        return kind == Kind.IMAGE ? "a picture" : kind == Kind.PDF ? "a PDF" : "an Office file";
    }

    private Filtered scrub(Seen seen, Spool file) throws UncleanException, IOException {
        Scrubbers scrubbers = new Scrubbers(recognition);
        Spool cleaned = new Spool();
        try {
            if (scrubbers.scrub(seen, file, cleaned) == Scrubber.Found.SOMETHING) {
                cleaned.finish();
                Filtered result = new Filtered(Outcome.CLEANED, scrubbers.unseen(), cleaned);
                cleaned = null;
                return result;
            }
            return new Filtered(Outcome.CLEAN, scrubbers.unseen(), null);
        } finally {
            if (cleaned != null) {
                cleaned.close();
            }
        }
    }

    private Seen seen(String key, byte[] head) throws IOException {
        Seen found = recognition.ofContent(head);
        FileFormat claimed = recognition.ofName(key);
        if (found.format() == FileFormat.TIFF && claimed == FileFormat.OTHER_PICTURE) {
            // Raw pictures of some cameras are TIFF by their first bytes.
            return Recognition.RAW;
        }
        boolean text = found.type().equals("application/xml") || found.type().startsWith("text/");
        // What its beginning does not tell is found out by reading it.
        return claimed == FileFormat.SVG && text && Recognition.isXml(head) ? Recognition.DRAWING : found;
    }

    private boolean isCleaned(@Nullable Kind kind) {
        return kind != null && rules.clean().contains(kind);
    }

    private boolean isReplaced(String key) {
        return replaced.contains(key) || rules.replace().stream().anyMatch(key::startsWith);
    }

    private boolean isInScope(String key) {
        return rules.scope() == Scope.ALL || isCleaned(recognition.ofName(key).kind());
    }

    private static String digest(String treatment) {
        try {
            byte[] text = (treatment + " " + LibraryCleaner.VERSIONS).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
