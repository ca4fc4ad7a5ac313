package dev.restage.report;

import java.nio.charset.Charset;
import java.util.List;

/** The signs that a terminal can show. */
record Glyphs(
        String done,
        String skipped,
        String failed,
        String warned,
        String blocked,
        String undone,
        String full,
        String empty,
        String cut,
        List<String> spinner) {

    static final Glyphs UNICODE = new Glyphs(
            "✓", "✓", "✗", "⚠", "–", "↶", "█", "░", "…", List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"));

    static final Glyphs ASCII =
            new Glyphs("ok", "ok", "FAILED", "!", "-", "undone", "#", ".", "...", List.of("|", "/", "-", "\\"));

    static Glyphs of(Charset charset) {
        return charset.newEncoder().canEncode("✓✗⚠–↶█░…⠋") ? UNICODE : ASCII;
    }
}
