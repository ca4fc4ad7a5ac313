package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.app.CommandResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedTest {

    private static final Pattern WORD = Pattern.compile("printf '\\\\n([0-9a-f-]+):%s\\\\n'");

    private final Marked marked = new Marked();
    private final String word = word(marked);

    @Test
    void theCommandIsRunInAShellOfItsOwnWhichItMayEnd() {
        assertThat(marked.command("launcher ", "echo 'a b'; exit 3"))
                .startsWith("launcher bash -c 'echo '\\''a b'\\''; exit 3' ; printf")
                .endsWith("\"$?\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void theLastLineTellsTheStatusAndIsNoOutput(String end) {
        Optional<CommandResult> result = add("done\n\n" + word + ":0" + end);

        assertThat(result).contains(new CommandResult(0, "done\n"));
    }

    @Test
    void theLineMayComeInParts() {
        assertThat(add("ä\n\n" + word.substring(0, 10))).isEmpty();
        assertThat(add(word.substring(10) + ":12")).isEmpty();
        assertThat(add("7\n")).contains(new CommandResult(127, "ä\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\n", "%s\n", "%s:\n", "%s:x\n", "%s:0", "00000000-0000-0000-0000-000000000000:0\n"})
    void nothingElseIsTakenForTheLine(String output) {
        assertThat(add(output.formatted(word))).isEmpty();
    }

    @Test
    void eachCommandHasAWordOfItsOwn() {
        assertThat(word(new Marked())).isNotEqualTo(word);
        assertThat(add(word(new Marked()) + ":0\n")).isEmpty();
    }

    @Test
    void ofALongOutputTheEndIsKept() {
        String line = "x".repeat(1023) + "\n";
        for (int i = 0; i < 4096; i++) {
            assertThat(add(line)).isEmpty();
        }

        String output = add("last\n\n" + word + ":1\n").orElseThrow().output();

        assertThat(output).hasSize(1 << 20).endsWith("x\nlast\n");
    }

    private Optional<CommandResult> add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return marked.add(bytes, bytes.length);
    }

    private static String word(Marked marked) {
        Matcher word = WORD.matcher(marked.command("", ""));
        assertThat(word.find()).isTrue();
        return word.group(1);
    }
}
