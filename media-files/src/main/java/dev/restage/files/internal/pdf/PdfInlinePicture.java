package dev.restage.files.internal.pdf;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A picture that lies between the instructions that draw a page.
 *
 * @param entries how it is stored, by the names in either length that they have there
 */
record PdfInlinePicture(Map<String, String> entries) {

    private static final Set<String> OF_PACKING = Set.of("F", "Filter", "L", "Length");

    private static final Map<String, Integer> COLOURS = Map.of(
            "/G",
            1,
            "/DeviceGray",
            1,
            "/CalGray",
            1,
            "/RGB",
            3,
            "/DeviceRGB",
            3,
            "/CalRGB",
            3,
            "/CMYK",
            4,
            "/DeviceCMYK",
            4);

    /** Behind a picture follow instructions. Pictures look like them for less than so many bytes. */
    private static final int LOOK_AHEAD = 12;

    /** How it is packed, outermost first. */
    List<String> filters() {
        return Arrays.stream(entry("F", "Filter").split("[\\[\\]/\\s]+"))
                .filter(filter -> !filter.isEmpty())
                .toList();
    }

    /** What stands before its data when nothing but the last filter is left. */
    String head(int length) {
        StringBuilder head = new StringBuilder("BI");
        entries.forEach((key, value) -> {
            boolean ofSeveralFilters = key.startsWith("DP") || key.startsWith("DecodeP");
            if (!OF_PACKING.contains(key) && !(ofSeveralFilters && value.startsWith("["))) {
                head.append(" /").append(key).append(' ').append(value);
            }
        });
        return head.append(" /F /%s /L %d ID ".formatted(filters().get(filters().size() - 1), length))
                .toString();
    }

    /** How many bytes of data there are: as many as it says or needs, or up to the mark behind them. */
    int length(byte[] drawing, int at) {
        long known = filters().isEmpty() ? pixels() : number(entry("L", "Length"));
        if (known > 0 && known <= drawing.length - at && isEndBehindBlanks(drawing, at + (int) known)) {
            return (int) known;
        }
        String first = filters().isEmpty() ? "" : filters().get(0);
        String mark = first.startsWith("A85") || first.startsWith("ASCII85")
                ? "~>"
                : first.startsWith("AHx") || first.startsWith("ASCIIHex") ? ">" : "";
        for (int end = at; end < drawing.length; end++) {
            if (mark.isEmpty() ? isEnd(drawing, end) : startsWith(drawing, end, mark)) {
                return end + mark.length() - at;
            }
        }
        return drawing.length - at;
    }

    /** The bytes of pictures in colours whose number is known; 0 for others. */
    private long pixels() {
        String colours = entry("CS", "ColorSpace");
        boolean mask = entry("IM", "ImageMask").equals("true");
        boolean palette = colours.startsWith("[") && (colours.contains("/I ") || colours.contains("/Indexed"));
        long bits =
                mask ? 1 : number(entry("BPC", "BitsPerComponent")) * (palette ? 1 : COLOURS.getOrDefault(colours, 0));
        return (number(entry("W", "Width")) * bits + 7) / 8 * number(entry("H", "Height"));
    }

    private String entry(String brief, String whole) {
        return entries.getOrDefault(brief, entries.getOrDefault(whole, ""));
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    private static boolean isEndBehindBlanks(byte[] drawing, int at) {
        int end = at;
        while (end < drawing.length && PdfDrawing.isBlank(drawing[end] & 0xFF)) {
            end++;
        }
        return isEnd(drawing, end);
    }

    private static boolean isEnd(byte[] drawing, int at) {
        if (!startsWith(drawing, at, "EI")
                || (at + 2 < drawing.length && !PdfDrawing.isBlank(drawing[at + 2] & 0xFF))) {
            return false;
        }
        for (int i = at + 2; i < Math.min(drawing.length, at + 2 + LOOK_AHEAD); i++) {
            int one = drawing[i] & 0xFF;
            if (one > 126 || (one < ' ' && !PdfDrawing.isBlank(one))) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] drawing, int at, String mark) {
        for (int i = 0; i < mark.length(); i++) {
            if (at + i >= drawing.length || drawing[at + i] != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
