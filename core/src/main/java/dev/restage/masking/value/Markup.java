package dev.restage.masking.value;

/** What HTML or XML shows of itself. */
final class Markup {

    /** Longer ones exist, and nobody writes them. */
    private static final int LONGEST_ENTITY = 12;

    private static final String COMMENT = "<!--";

    private Markup() {}

    /** How many characters a text shows, one at least; all of them if it has no tags. */
    static int shown(String text) {
        if (text.indexOf('<') < 0) {
            return text.length();
        }
        int shown = 0;
        boolean tags = false;
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            int end = c == '<' ? tagEnd(text, at) : c == '&' ? entityEnd(text, at) : 0;
            boolean tag = c == '<' && end > 0;
            tags |= tag;
            shown += tag ? 0 : 1;
            at = Math.max(end, at + 1);
        }
        return tags ? Math.max(shown, 1) : text.length();
    }

    /** Behind the tag or comment that begins at a place; 0 if none does. */
    private static int tagEnd(String text, int at) {
        if (text.startsWith(COMMENT, at)) {
            int end = text.indexOf("-->", at);
            return end < 0 ? text.length() : end + "-->".length();
        }
        int name = text.startsWith("</", at) ? at + 2 : at + 1;
        if (name >= text.length() || !(Character.isLetter(text.charAt(name)) || text.charAt(name) == '!')) {
            return 0;
        }
        int end = name;
        while (end < text.length() && text.charAt(end) != '>' && text.charAt(end) != '<') {
            end++;
        }
        return end < text.length() && text.charAt(end) == '>' ? end + 1 : 0;
    }

    /** Behind the entity that begins at a place; 0 if none does. */
    private static int entityEnd(String text, int at) {
        int end = at + 1;
        while (end < text.length() && end - at < LONGEST_ENTITY && isOfEntity(text.charAt(end))) {
            end++;
        }
        return end > at + 1 && end < text.length() && text.charAt(end) == ';' ? end + 1 : 0;
    }

    private static boolean isOfEntity(char c) {
        return c == '#' || Character.isLetterOrDigit(c);
    }
}
