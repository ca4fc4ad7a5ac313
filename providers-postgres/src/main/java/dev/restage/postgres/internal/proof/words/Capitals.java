package dev.restage.postgres.internal.proof.words;

/** Finds runs of two words or more that begin with capitals and are a space apart: names perhaps. */
public final class Capitals {

    /** Hears of a run. */
    @FunctionalInterface
    public interface Reader {
        void run(int from, int to);
    }

    private Capitals() {}

    public static void read(String text, Reader reader) {
        int at = 0;
        while (at < text.length()) {
            if (!Character.isUpperCase(text.charAt(at))) {
                at++;
                continue;
            }
            int from = at;
            int first = wordEnd(text, at);
            at = first;
            if (first - from > 1) {
                while (isCapital(text, at + 1) && text.charAt(at) == ' ') {
                    at = wordEnd(text, at + 1);
                }
                if (at > first) {
                    reader.run(from, at);
                }
            }
        }
    }

    private static boolean isCapital(String text, int at) {
        return at < text.length() && Character.isUpperCase(text.charAt(at));
    }

    /** Words may have hyphens and apostrophes inside. */
    private static int wordEnd(String text, int from) {
        int end = from + 1;
        while (isLetter(text, end) || ("'’-".indexOf(at(text, end)) >= 0 && isLetter(text, end + 1))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(String text, int at) {
        return Character.isLetter(at(text, at));
    }

    private static char at(String text, int at) {
        return at < text.length() ? text.charAt(at) : 0;
    }
}
