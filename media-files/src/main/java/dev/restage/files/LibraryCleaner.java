package dev.restage.files;

import dev.restage.provider.Identity;
import dev.restage.provider.media.FileCleaner;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.MediaFilter;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.imaging.Imaging;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.tika.mime.MimeTypes;

/** Cleans files by the libraries of this module. */
final class LibraryCleaner implements FileCleaner {

    /** Raised whenever this module's own code gives other bytes than before. */
    private static final String OWN_VERSION = "3";

    /** What the bytes of a cleaned file depend on, beside the rules. */
    static final String VERSIONS = Stream.concat(
                    Stream.of(OWN_VERSION),
                    Stream.of(Imaging.class, PDDocument.class, POIFSFileSystem.class, MimeTypes.class)
                            .map(library -> library.getPackage().getImplementationVersion()))
            .map(String::valueOf)
            .collect(Collectors.joining(" "));

    @Override
    public Identity identity() {
        return Identity.of("file cleaner", VERSIONS);
    }

    @Override
    public MediaFilter filter(FileRules rules, Set<String> replaced) {
        return new CleaningFilter(rules, replaced);
    }
}
