package dev.restage.files;

import ar.com.hjg.pngj.ChunkReader;
import ar.com.hjg.pngj.ChunkReader.ChunkReaderMode;
import ar.com.hjg.pngj.ChunkSeqReader;
import ar.com.hjg.pngj.PngHelperInternal;
import ar.com.hjg.pngj.PngjException;
import ar.com.hjg.pngj.chunks.ChunkRaw;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Set;

/** Keeps of a PNG the chunks that make its pixels and colours, byte for byte, and its orientation. */
final class PngScrubber implements Scrubber {

    /** Source: PNG specification, third edition, 2025, sections 11 and 15; APNG's chunks are part of it. */
    private static final Set<String> KEPT = Set.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI",
            "bKGD", "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT");

    private static final String EXIF = "eXIf";

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        Walk walk = new Walk(file.sizeBytes(), cleaned);
        cleaned.write(PngHelperInternal.getPngIdSignature());
        try (InputStream stream = file.open()) {
            walk.feedFromInputStream(stream, false);
        } catch (PngjException e) {
            throw new UncleanException("is a broken PNG (%s)".formatted(e.getMessage()), e);
        }
        if (!walk.isDone()) {
            throw new UncleanException("is a broken PNG: it ends too early");
        }
        return Found.of(walk.dropped || walk.getBytesCount() < file.sizeBytes());
    }

    private static final class Walk extends ChunkSeqReader {

        private final long fileBytes;
        private final OutputStream out;
        private boolean dropped;

        private Walk(long fileBytes, OutputStream out) {
            this.fileBytes = fileBytes;
            this.out = out;
        }

        @Override
        protected boolean isIdatKind(String id) {
            return false;
        }

        @Override
        protected ChunkReader createChunkReaderForNewChunk(String id, int length, long offset, boolean skip) {
            if (length > fileBytes) {
                throw new PngjException("a chunk claims %d bytes".formatted(length));
            }
            return new ChunkReader(length, id, offset, ChunkReaderMode.BUFFER) {
                @Override
                protected void processData(int at, byte[] buffer, int from, int count) {
                    throw new IllegalStateException("the whole chunk is buffered");
                }

                @Override
                protected void chunkDone() {
                    write(getChunkRaw());
                }
            };
        }

        private void write(ChunkRaw chunk) {
            try {
                if (KEPT.contains(chunk.id)) {
                    chunk.writeChunk(out);
                } else if (chunk.id.equals(EXIF)) {
                    writeOrientation(chunk.data);
                } else {
                    dropped = true;
                }
            } catch (IOException e) {
                throw new PngjException("cannot be written", e);
            }
        }

        private void writeOrientation(byte[] exif) throws IOException {
            byte[] orientation = Orientation.only(exif);
            dropped |= !Arrays.equals(orientation, exif);
            if (orientation.length > 0) {
                ChunkRaw chunk = new ChunkRaw(orientation.length, EXIF, false);
                chunk.data = orientation;
                chunk.writeChunk(out);
            }
        }
    }
}
