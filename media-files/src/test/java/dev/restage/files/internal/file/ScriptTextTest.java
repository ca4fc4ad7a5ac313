package dev.restage.files.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if(1)/\"/.test(s); // Okafor",
                "while (a(b)) /'/.test(s); /* Okafor */",
                "for (;;) /`/.exec(s); // Okafor",
                "a = (1) / 2; b = '/'; // Okafor",
                "a.if(1) / 2; b = \"/\"; // Okafor",
                "a++ / 2; // Okafor",
                "a.in / 2; // Okafor",
                "<!-- Okafor",
                "a(); <!-- Okafor\nb();",
                "a();\n--> Okafor",
                "/* a */ --> Okafor\nb();",
                "#! Okafor\na();"
            })
    void aCommentGoes(String script) {
        assertThat(ScriptText.clean(script)).doesNotContain("Okafor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (a --> 0) b();",
                "a = '<!-- b';",
                "a = `\n--> ${b}`;",
                "if (a) /[/*]\"/.test(b);",
                "a = b / c / d;",
                "a = ++b / c; d = 'http://e';",
                "a = (b) / c; d = 'http://e';"
            })
    void whatIsNoCommentStays(String script) {
        assertThat(ScriptText.clean(script)).isEqualTo(script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"if (a<!--b) c();", "a\n-->b;"})
    void aModuleHasNoCommentsOfPages(String script) {
        assertThat(ScriptText.cleanModule(script)).isEqualTo(script);
        assertThat(ScriptText.cleanModule(script + " // Okafor")).isEqualTo(script + " ");
    }
}
