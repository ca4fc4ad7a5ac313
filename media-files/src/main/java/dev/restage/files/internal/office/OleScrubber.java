package dev.restage.files.internal.office;

import dev.restage.files.internal.file.FilesWithin;
import dev.restage.files.internal.file.MachinePath;
import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.poi.hpsf.DocumentSummaryInformation;
import org.apache.poi.hpsf.PropertySet;
import org.apache.poi.hpsf.PropertySetFactory;
import org.apache.poi.hpsf.SummaryInformation;
import org.apache.poi.hpsf.WritingNotSupportedException;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.DocumentEntry;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.Ole10Native;
import org.apache.poi.poifs.filesystem.Ole10NativeException;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.util.CodePageUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of older Office anew, so that nothing hides in its unused blocks, with empty properties. Names that the
 * text itself holds, such as those of people who marked changes, stay. Files that were put into it are cleaned.
 */
public final class OleScrubber implements Scrubber {

    private static final int MOST_BYTES = 256 << 20;
    private static final String ENCRYPTED = "EncryptedPackage";
    private static final String MESSAGE = "__properties_version1.0";

    private final FilesWithin others;

    public OleScrubber(FilesWithin others) {
        this.others = others;
    }

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        file.inMemory(MOST_BYTES);
        try (POIFSFileSystem old = new POIFSFileSystem(file.path().toFile(), true);
                POIFSFileSystem fresh = new POIFSFileSystem()) {
            if (old.getRoot().hasEntry(ENCRYPTED)) {
                throw new UncleanException("is encrypted with a password");
            }
            if (old.getRoot().hasEntry(MESSAGE)) {
                throw new UncleanException("is a message of Outlook, which names its sender and readers throughout");
            }
            Copy copy = new Copy();
            copy.directory(old.getRoot(), fresh.getRoot());
            fresh.writeFilesystem(cleaned);
            return Found.of(copy.something);
        }
    }

    private final class Copy {

        private boolean something;

        private void directory(DirectoryEntry from, DirectoryEntry to) throws UncleanException, IOException {
            to.setStorageClsid(from.getStorageClsid());
            for (Iterator<Entry> entries = from.getEntries(); entries.hasNext(); ) {
                Entry entry = entries.next();
                if (entry instanceof DirectoryEntry directory) {
                    directory(directory, to.createDirectory(directory.getName()));
                } else if (entry instanceof DocumentEntry document) {
                    document(document, to);
                }
            }
        }

        private void document(DocumentEntry document, DirectoryEntry to) throws UncleanException, IOException {
            try (DocumentInputStream stream = new DocumentInputStream(document)) {
                switch (document.getName()) {
                    case SummaryInformation.DEFAULT_STREAM_NAME ->
                        properties(document, stream, PropertySetFactory.newSummaryInformation(), to);
                    case DocumentSummaryInformation.DEFAULT_STREAM_NAME ->
                        properties(document, stream, PropertySetFactory.newDocumentSummaryInformation(), to);
                    case "Workbook" -> workbook(document, stream, to);
                    case Ole10Native.OLE10_NATIVE -> inserted(document, stream, to);
                    default ->
                        to.createDocument(document.getName(), new ByteArrayInputStream(cleaned(stream.readAllBytes())));
                }
            }
        }

        /** A file that somebody has put in says where it was on their machine. */
        private void inserted(DocumentEntry old, InputStream stream, DirectoryEntry to)
                throws UncleanException, IOException {
            byte[] before = stream.readAllBytes();
            Ole10Native file;
            try {
                file = new Ole10Native(before, 0);
            } catch (Ole10NativeException e) {
                throw new UncleanException("has a file in it that cannot be read", e);
            }
            file.setLabel(withoutPath(file.getLabel()));
            file.setFileName(withoutPath(file.getFileName()));
            file.setCommand(withoutPath(file.getCommand()));
            // The same in another encoding, which programs do without.
            file.setLabel2(null);
            file.setFileName2(null);
            file.setCommand2(null);
            file.setDataBuffer(cleaned(file.getDataBuffer()));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            file.writeOut(bytes);
            something |= !Arrays.equals(before, bytes.toByteArray());
            to.createDocument(old.getName(), new ByteArrayInputStream(bytes.toByteArray()));
        }

        /** Some programs put in no more than the content. */
        private static @Nullable String withoutPath(@Nullable String path) {
            return path == null ? null : MachinePath.without(path);
        }

        /** A part that is a file by itself. */
        private byte[] cleaned(byte[] part) throws UncleanException, IOException {
            if (!others.know(part)) {
                return part;
            }
            try (InputStream stream = new ByteArrayInputStream(part);
                    Spool file = Spool.of(stream);
                    Spool clean = new Spool()) {
                if (others.scrubPart(file, clean) == Found.NOTHING) {
                    return part;
                }
                something = true;
                clean.finish();
                return clean.inMemory(MOST_BYTES);
            }
        }

        private void workbook(DocumentEntry old, InputStream stream, DirectoryEntry to) throws IOException {
            byte[] records = stream.readAllBytes();
            something |= WorkbookUser.blank(records);
            to.createDocument(old.getName(), new ByteArrayInputStream(records));
        }

        private void properties(DocumentEntry old, InputStream stream, PropertySet empty, DirectoryEntry to)
                throws IOException {
            // Without one POI takes one, and says so in the log.
            empty.getFirstSection().setCodepage(CodePageUtil.CP_WINDOWS_1252);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                empty.write(bytes);
            } catch (WritingNotSupportedException e) {
                throw new IOException("properties cannot be written", e);
            }
            something |= !Arrays.equals(bytes.toByteArray(), stream.readAllBytes());
            to.createDocument(old.getName(), new ByteArrayInputStream(bytes.toByteArray()));
        }
    }
}
