package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.UncleanException;

/**
 * Follows the packed pixels of one picture of a GIF up to their end: nobody reads what follows them in their blocks.
 *
 * <p>Source: GIF89a Specification, CompuServe 1990, appendix F.
 */
final class GifPixels {

    private static final int MOST_BITS = 12;
    private static final int MOST_CODES = 1 << MOST_BITS;
    private static final int NONE = -1;

    private final int clear;
    private final int codeBits;
    private final long pixels;

    /** How many pixels each code stands for. */
    private final int[] lengths = new int[MOST_CODES];

    private int codes;
    private int bits;
    private int former = NONE;
    private long shown;
    private int pending;
    private int pendingBits;
    private boolean ended;

    /**
     * Begins with a picture.
     *
     * @param colourBits the first byte of its data
     */
    GifPixels(int colourBits, long pixels) throws UncleanException {
        if (colourBits < 1 || colourBits >= MOST_BITS) {
            throw new UncleanException("is a broken GIF: its colours have %d bits".formatted(colourBits));
        }
        this.codeBits = colourBits + 1;
        this.clear = 1 << colourBits;
        this.pixels = pixels;
        for (int i = 0; i < clear; i++) {
            lengths[i] = 1;
        }
        restart();
    }

    private void restart() {
        codes = clear + 2;
        bits = codeBits;
        former = NONE;
    }

    /** {@return whether the next byte is still needed} */
    boolean takes(int next) {
        if (ended) {
            return false;
        }
        pending |= next << pendingBits;
        pendingBits += Byte.SIZE;
        while (pendingBits >= bits && !ended) {
            int code = pending & ((1 << bits) - 1);
            pending >>>= bits;
            pendingBits -= bits;
            code(code);
        }
        return true;
    }

    private void code(int code) {
        if (code == clear) {
            restart();
            return;
        }
        // Behind the last pixel comes the mark of the end; without it nothing comes that is shown.
        ended = code == clear + 1 || code > codes || (code == codes && former == NONE) || shown >= pixels;
        if (ended) {
            return;
        }
        if (former != NONE && codes < MOST_CODES) {
            lengths[codes++] = lengths[former] + 1;
            if (codes == 1 << bits && bits < MOST_BITS) {
                bits++;
            }
        }
        shown += lengths[code];
        former = code;
    }
}
