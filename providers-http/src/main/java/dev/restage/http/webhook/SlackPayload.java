package dev.restage.http.webhook;

import dev.restage.provider.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A message as Slack's incoming webhooks take it. Slack shows the blocks and uses the text for notifications;
 * Mattermost and Rocket.Chat show the text, so it holds all, too.
 */
final class SlackPayload {

    /** Source: @slack/types 3.2.0, header block. */
    static final int LONGEST_HEADER = 150;

    /** Source: @slack/types 3.2.0 says 3,000 for a section; the rest is for the closing line. */
    static final int LONGEST_SECTION = 2_900;

    /** Source: users' reports of {@code msg_blocks_too_long} at about 13,000 characters; undocumented. */
    static final int LONGEST_BODY = 10_000;

    /** Source: Slack's documentation advises 4,000 and cuts at 40,000. */
    static final int LONGEST_TEXT = 4_000;

    private SlackPayload() {}

    static Map<String, Object> of(Message message, String mention) {
        String title = oneLine(message.title());
        String called = mention.isEmpty() ? "" : mention + " ";
        List<String> lines = message.text().strip().lines().toList();
        String head = called + "*" + cut(title, LONGEST_HEADER) + "*";
        List<Map<String, Object>> blocks = new ArrayList<>();
        if (!title.isEmpty()) {
            blocks.add(block("header", "plain_text", cut(title, LONGEST_HEADER)));
        }
        for (String section : sections(mention, lines)) {
            blocks.add(block("section", "mrkdwn", section));
        }
        return Map.of("text", String.join("\n", fitting(head, lines, LONGEST_TEXT)), "blocks", blocks);
    }

    /** What rings people, as Slack writes it. */
    static String mention(String whom) {
        if (whom.isEmpty()) {
            return "";
        }
        if (whom.matches("here|channel|everyone")) {
            return "<!" + whom + ">";
        }
        if (whom.matches("[UW][A-Z0-9]+")) {
            return "<@" + whom + ">";
        }
        if (whom.matches("S[A-Z0-9]+")) {
            return "<!subteam^" + whom + ">";
        }
        throw new IllegalArgumentException("not somebody to mention: \"" + whom
                + "\"; write mention=here, channel, everyone, or the id of a Slack user or user group");
    }

    /** Foreign text: otherwise a branch named like a mention would ring everybody. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static List<String> sections(String mention, List<String> lines) {
        List<String> sections = new ArrayList<>();
        StringBuilder section = new StringBuilder();
        for (String line : fitting(mention, lines, LONGEST_BODY)) {
            if (section.length() + line.length() + 1 > LONGEST_SECTION) {
                add(section, sections);
                section = new StringBuilder();
            }
            section.append(section.isEmpty() ? "" : "\n").append(line);
        }
        add(section, sections);
        return sections;
    }

    private static void add(StringBuilder section, List<String> sections) {
        // a section without text is refused
        if (!section.toString().isBlank()) {
            sections.add(section.toString());
        }
    }

    /** As many lines as fit, escaped, after a first one of ours; the last says how many are missing. */
    private static List<String> fitting(String first, List<String> lines, int longest) {
        List<String> all = new ArrayList<>();
        if (!first.isEmpty()) {
            all.add(first);
        }
        int length = first.length();
        for (int i = 0; i < lines.size(); i++) {
            String line = cut(lines.get(i), LONGEST_SECTION - 100);
            length += line.length() + 1;
            if (length > longest - 40) {
                all.add("… and " + (lines.size() - i) + " more lines");
                break;
            }
            all.add(line);
        }
        return all;
    }

    /** Escapes and cuts, never within an escape or a character. */
    private static String cut(String text, int longest) {
        String whole = escaped(text);
        if (whole.length() <= longest) {
            return whole;
        }
        StringBuilder cut = new StringBuilder();
        for (int point : text.codePoints().toArray()) {
            String next = escaped(Character.toString(point));
            if (cut.length() + next.length() > longest - 1) {
                break;
            }
            cut.append(next);
        }
        return cut.append('…').toString();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static Map<String, Object> block(String type, String textType, String text) {
        return Map.of("type", type, "text", Map.of("type", textType, "text", text));
    }
}
