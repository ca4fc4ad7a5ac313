package dev.restage.report;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;

/** Text measured in the columns of a terminal. */
final class Columns {

    /** Source: Unicode 15, EastAsianWidth.txt, the large blocks of W and F, and emoji. */
    private static final ImmutableRangeSet<Integer> WIDE = ImmutableRangeSet.<Integer>builder()
            .add(Range.closed(0x1100, 0x115F))
            .add(Range.closed(0x2E80, 0xA4CF))
            .add(Range.closed(0xAC00, 0xD7A3))
            .add(Range.closed(0xF900, 0xFAFF))
            .add(Range.closed(0xFE30, 0xFE6F))
            .add(Range.closed(0xFF00, 0xFF60))
            .add(Range.closed(0xFFE0, 0xFFE6))
            .add(Range.closed(0x1F300, 0x1FAFF))
            .add(Range.closed(0x20000, 0x3FFFD))
            .build();

    private Columns() {}

    /** One line without control characters, which could move the cursor or colour the rest of the screen. */
    static String clean(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "");
    }

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** Cuts what does not fit, and shows with the mark that something was cut. */
    static String fit(String text, int columns, String mark) {
        if (width(text) <= columns) {
            return text;
        }
        int room = columns - width(mark);
        StringBuilder cut = new StringBuilder();
        for (int point : text.codePoints().toArray()) {
            room -= width(point);
            if (room < 0) {
                break;
            }
            cut.appendCodePoint(point);
        }
        return columns < width(mark) ? "" : cut.toString().stripTrailing() + mark;
    }

    static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return WIDE.contains(point) ? 2 : 1;
    }
}
