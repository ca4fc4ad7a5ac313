package dev.restage.files;

import dev.restage.provider.FileRules;
import dev.restage.provider.FileRules.Kind;
import dev.restage.provider.FileRules.Scope;
import dev.restage.provider.FileRules.Unclean;
import dev.restage.provider.Filtered;
import dev.restage.provider.Filtered.Outcome;
import dev.restage.provider.MediaContent;
import dev.restage.provider.MediaFilter;
import dev.restage.provider.MediaObject;
import dev.restage.provider.ProviderException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Looks at the first bytes of a file, and reads on only if it is of a kind that is cleaned. */
final class CleaningFilter implements MediaFilter {

    private static final String REPLACE = "replace";

    private final FileRules rules;
    private final Set<String> replaced;
    private final Recognition recognition = new Recognition();
    private final Scrubbers scrubbers = new Scrubbers(recognition);
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
    public Filtered apply(MediaObject object, MediaContent content) {
        try {
            BufferedInputStream stream = new BufferedInputStream(content.stream(), Recognition.HEAD_BYTES);
            stream.mark(Recognition.HEAD_BYTES);
            byte[] head = stream.readNBytes(Recognition.HEAD_BYTES);
            stream.reset();
            FileFormat format = format(object.key(), head);
            return isReplaced(object.key())
                    ? new Filtered(
                            Outcome.REPLACED, "is one that the rules replace", Placeholders.of(format, object.key()))
                    : apply(object, format, stream);
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "%s cannot be read to clean it (%s); run again".formatted(object.key(), e.getMessage()),
                    e);
        }
    }

    private Filtered apply(MediaObject object, FileFormat found, InputStream stream) throws IOException {
        FileFormat claimed = recognition.ofName(object.key());
        try {
            if (found == FileFormat.UNKNOWN && isCleaned(claimed)) {
                throw new UncleanException("is named as a file of the kind %s and is none".formatted(claimed.kind()));
            }
            if (!isCleaned(found) && found != FileFormat.ZIP) {
                return Filtered.UNKNOWN;
            }
            try (Spool file = Spool.of(stream)) {
                if (file.sizeBytes() != object.sizeBytes()) {
                    throw new IOException(
                            "it ended after %d of %d bytes".formatted(file.sizeBytes(), object.sizeBytes()));
                }
                boolean office =
                        found != FileFormat.ZIP || claimed == FileFormat.PACKAGE || PackageScrubber.isOffice(file);
                if (!office || (found == FileFormat.ZIP && !rules.clean().contains(Kind.OFFICE))) {
                    return Filtered.UNKNOWN;
                }
                return scrub(found == FileFormat.ZIP ? FileFormat.PACKAGE : found, file);
            }
        } catch (UncleanException e) {
            return rules.unclean() == Unclean.FAIL
                    ? Filtered.refused(e.why())
                    : new Filtered(
                            Outcome.UNCLEAN_REPLACED,
                            e.why(),
                            Placeholders.of(found == FileFormat.UNKNOWN ? claimed : found, object.key()));
        }
    }

    private Filtered scrub(FileFormat format, Spool file) throws UncleanException, IOException {
        Spool cleaned = new Spool();
        try {
            if (scrubbers.scrub(format, file, cleaned) == Scrubber.Found.SOMETHING) {
                cleaned.finish();
                Filtered result = new Filtered(Outcome.CLEANED, "", cleaned);
                cleaned = null;
                return result;
            }
            return Filtered.CLEAN;
        } finally {
            if (cleaned != null) {
                cleaned.close();
            }
        }
    }

    /** Raw pictures of some cameras are TIFF by their first bytes. */
    private FileFormat format(String key, byte[] head) throws IOException {
        FileFormat found = recognition.ofContent(head);
        FileFormat claimed = recognition.ofName(key);
        return found == FileFormat.TIFF && claimed == FileFormat.OTHER_PICTURE ? claimed : found;
    }

    private boolean isCleaned(FileFormat format) {
        Kind kind = format.kind();
        return kind != null && rules.clean().contains(kind);
    }

    private boolean isReplaced(String key) {
        return replaced.contains(key) || rules.replace().stream().anyMatch(key::startsWith);
    }

    private boolean isInScope(String key) {
        return rules.scope() == Scope.ALL
                || isCleaned(recognition.ofName(key))
                || (rules.scope() == Scope.DOUBTFUL && recognition.isDoubtful(key));
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
