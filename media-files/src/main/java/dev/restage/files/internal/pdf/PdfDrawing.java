package dev.restage.files.internal.pdf;

import dev.restage.files.internal.file.UncleanException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the instructions that draw a page what draws nothing: comments, instructions that no viewer knows with all that
 * they are given, and what marked parts say beside their reading. Pictures among them are cleaned. All else stays byte for byte.
 *
 * <p>Source: ISO 32000-2, 7.2 (syntax), 7.8.2 and annex A (operators), 8.9.7 (pictures).
 */
final class PdfDrawing {

    /** Cleans a picture that lies between instructions. */
    @FunctionalInterface
    interface Pictures {

        /**
         * {@return the picture as it is without filters before the last one; null if nothing was removed}
         *
         * @param filters how it is packed, outermost first
         */
        byte @Nullable [] clean(List<String> filters, byte[] data) throws UncleanException, IOException;
    }

    private static final Set<String> OPERATORS = Set.of(
            ("b B b* B* BDC BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h i j J K k l M m MP n q Q re RG rg ri s"
                            + " S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"")
                    .split(" "));

    private static final Set<String> VALUES = Set.of("true", "false", "null");

    private static final int MOST_DEPTH = 64;

    private final byte[] from;
    private final Pictures pictures;
    private final Out out;
    private int at;
    private int operands;
    private boolean something;

    private PdfDrawing(byte[] from, Pictures pictures) {
        this.from = from;
        this.pictures = pictures;
        this.out = new Out(from.length);
    }

    /** {@return what stays of the instructions; the same array if all of them do} */
    static byte[] clean(byte[] drawing, Pictures pictures) throws UncleanException, IOException {
        PdfDrawing all = new PdfDrawing(drawing, pictures);
        while (all.at < drawing.length) {
            if (isRegular(all.next())) {
                all.word();
            } else {
                all.object(0, PdfEntries::keepsOfMarked);
            }
        }
        return all.something ? all.out.toByteArray() : drawing;
    }

    /** {@return a program of PostScript's kind without comments; the same array if it has none} */
    static byte[] withoutComments(byte[] program) throws UncleanException {
        PdfDrawing all = new PdfDrawing(program, (filters, data) -> null);
        while (all.at < program.length) {
            all.object(0, key -> true);
        }
        return all.something ? all.out.toByteArray() : program;
    }

    private static final class Out extends ByteArrayOutputStream {

        private Out(int size) {
            super(size);
        }

        private void cut(int length) {
            count = length;
        }

        private String text(int begin) {
            return new String(buf, begin, count - begin, StandardCharsets.ISO_8859_1);
        }
    }

    private int next() {
        return at < from.length ? from[at] & 0xFF : -1;
    }

    private void copy(int bytes) {
        int end = Math.min(from.length, at + bytes);
        out.write(from, at, end - at);
        at = end;
    }

    private void skip(int end) {
        something |= end > at;
        at = end;
    }

    /** A number, or an instruction with what it was given before it. */
    private void word() throws UncleanException, IOException {
        String word = operator();
        if (word.isEmpty()) {
            copy(regular().length());
        } else if (word.equals("BI")) {
            picture();
        } else if (OPERATORS.contains(word)) {
            copy(word.length());
            operands = out.size();
        } else if (VALUES.contains(word)) {
            copy(word.length());
        } else {
            out.cut(operands);
            skip(at + word.length());
        }
    }

    /** The name of an instruction ends before a digit, but for two; empty if here is none. */
    private String operator() {
        int end = at;
        while (end < from.length && isRegular(from[end] & 0xFF) && "+-.0123456789".indexOf(from[end]) < 0) {
            end++;
        }
        String word = new String(from, at, end - at, StandardCharsets.ISO_8859_1);
        boolean ofGlyph = word.equals("d") && end < from.length && (from[end] == '0' || from[end] == '1');
        return ofGlyph ? word + (char) from[end] : word;
    }

    private String regular() {
        int end = at;
        while (end < from.length && isRegular(from[end] & 0xFF)) {
            end++;
        }
        return new String(from, at, end - at, StandardCharsets.ISO_8859_1);
    }

    /** One object, or one byte that is none. */
    private void object(int depth, Predicate<String> keeps) throws UncleanException {
        if (depth > MOST_DEPTH) {
            throw new UncleanException("has instructions within instructions without an end");
        }
        int next = next();
        if (next == '%') {
            comment();
        } else if (next == '(') {
            string();
        } else if (next == '<' && at + 1 < from.length && from[at + 1] == '<') {
            dictionary(depth, keeps);
        } else if (next == '<') {
            while (next() >= 0 && next() != '>') {
                copy(1);
            }
            copy(1);
        } else if (next == '[' && depth > 0) {
            array(depth, keeps);
        } else if (next == '/') {
            copy(1);
            copy(regular().length());
        } else if (isRegular(next)) {
            copy(regular().length());
        } else {
            copy(1);
        }
    }

    /** Up to the end of the line, which stays, as it separates words. */
    private void comment() {
        int end = at;
        while (end < from.length && from[end] != '\r' && from[end] != '\n') {
            end++;
        }
        skip(end);
    }

    private void string() {
        int open = 0;
        do {
            int next = next();
            open += next == '(' ? 1 : next == ')' ? -1 : 0;
            copy(next == '\\' ? 2 : 1);
        } while (open > 0 && at < from.length);
    }

    private void array(int depth, Predicate<String> keeps) throws UncleanException {
        copy(1);
        while (next() >= 0 && next() != ']') {
            object(depth + 1, keeps);
        }
        copy(1);
    }

    private void dictionary(int depth, Predicate<String> keeps) throws UncleanException {
        copy(2);
        while (at < from.length) {
            blanks();
            if (next() == '>') {
                copy(2);
                return;
            }
            int before = out.size();
            String key = entry(depth, keeps);
            if (!keeps.test(key)) {
                out.cut(before);
                something = true;
            }
        }
    }

    /** {@return the key of an entry that was copied} What is no entry has no key. */
    private String entry(int depth, Predicate<String> keeps) throws UncleanException {
        if (next() != '/') {
            object(depth + 1, keeps);
            return "";
        }
        copy(1);
        String key = regular();
        copy(key.length());
        blanks();
        if (next() != '>' || (at + 1 < from.length && from[at + 1] != '>')) {
            object(depth + 1, keeps);
        }
        return key;
    }

    private void blanks() {
        while (next() >= 0 && (isBlank(next()) || next() == '%')) {
            if (next() == '%') {
                comment();
            } else {
                copy(1);
            }
        }
    }

    private void picture() throws UncleanException, IOException {
        int begin = out.size();
        copy(2);
        Map<String, String> entries = new LinkedHashMap<>();
        for (blanks(); next() == '/'; blanks()) {
            int before = out.size();
            String key = entry(1, PdfEntries::keepsAnywhere);
            if (PdfEntries.keepsOfInline(key)) {
                entries.put(key, out.text(before + 1 + key.length()).strip());
            } else {
                out.cut(before);
                something = true;
            }
        }
        if (!regular().equals("ID")) {
            // No picture, but something that merely begins like one.
            return;
        }
        copy(3);
        PdfInlinePicture picture = new PdfInlinePicture(entries);
        int end = at + picture.length(from, at);
        byte[] cleaned = picture.filters().isEmpty()
                ? null
                : pictures.clean(picture.filters(), Arrays.copyOfRange(from, at, end));
        if (cleaned == null) {
            copy(end - at);
        } else {
            out.cut(begin);
            out.writeBytes(picture.head(cleaned.length).getBytes(StandardCharsets.ISO_8859_1));
            out.write(cleaned);
            out.write('\n');
            skip(end);
        }
        blanks();
        if (regular().startsWith("EI")) {
            copy(2);
        }
        operands = out.size();
    }

    static boolean isBlank(int one) {
        return one == ' ' || one == '\n' || one == '\r' || one == '\t' || one == '\f' || one == 0;
    }

    private static boolean isRegular(int one) {
        return one >= 0 && !isBlank(one) && "()<>[]{}/%".indexOf(one) < 0;
    }
}
