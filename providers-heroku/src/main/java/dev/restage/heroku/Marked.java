package dev.restage.heroku;

import dev.restage.provider.app.CommandResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that writes its exit status as its last line, since Heroku does not tell it. The line begins with a random
 * word, so that no other output can be taken for it.
 */
final class Marked {

    /** How much of the output is kept, from its end. */
    private static final int MOST_BYTES = 1 << 20;

    /** Longer than the last line, which may come in several parts. */
    private static final int TAIL = 128;

    private final String word = UUID.randomUUID().toString();
    private final Pattern line = Pattern.compile(Pattern.quote(word) + ":(\\d{1,3})\\r?\\n");
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private String tail = "";

    /** A shell of its own, so that {@code exit} in the command does not end the one which writes the line. */
    String command(String launcher, String command) {
        return "%sbash -c '%s' ; printf '\\n%s:%%s\\n' \"$?\"".formatted(launcher, command.replace("'", "'\\''"), word);
    }

    /** Takes the next bytes of the output; {@return the result, once the line has come} */
    Optional<CommandResult> add(byte[] bytes, int count) {
        output.write(bytes, 0, count);
        String seen = tail + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        tail = seen.substring(Math.max(0, seen.length() - TAIL));
        Matcher found = line.matcher(seen);
        if (found.find()) {
            int exitCode = Integer.parseInt(found.group(1));
            return Optional.of(new CommandResult(exitCode, kept(seen.length() - found.start())));
        }
        if (output.size() > 2 * MOST_BYTES) {
            byte[] all = output.toByteArray();
            output.reset();
            output.write(all, all.length - MOST_BYTES, MOST_BYTES);
        }
        return Optional.empty();
    }

    /** The output without what came at its end; the line break before the word is ours too. */
    private String kept(int atEnd) {
        byte[] all = output.toByteArray();
        int end = Math.max(0, all.length - atEnd);
        if (end > 0 && all[end - 1] == '\n') {
            end--;
        }
        return new String(Arrays.copyOfRange(all, Math.max(0, end - MOST_BYTES), end), StandardCharsets.UTF_8);
    }
}
