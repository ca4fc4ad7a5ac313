package dev.restage.report;

import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.io.PrintStream;
import java.time.Clock;

/**
 * Shows a run while it happens. On a terminal each running step has a moving line with a bar, and what has ended
 * scrolls up. Elsewhere, and where {@code NO_COLOR}, {@code CI} or {@code TERM=dumb} asks for it, it writes plain lines.
 */
public final class TerminalView implements RunListener {

    private final RunListener view;

    private TerminalView(RunListener view) {
        this.view = view;
    }

    /** {@return a view on the standard output} */
    public static TerminalView create() {
        return on(System.out);
    }

    /**
     * Makes a view on a stream; moving lines only if it is the standard output and that is a terminal.
     *
     * @param out where to write; stays open
     * @return the view
     */
    public static TerminalView on(PrintStream out) {
        Glyphs glyphs = Glyphs.of(Window.charsetOf(out));
        Clock clock = Clock.systemUTC();
        return new TerminalView(
                Window.isLive(out, System.getenv())
                        ? new LiveView(out, glyphs, clock, Window.ofTerminal())
                        : new PlainView(out, glyphs, clock));
    }

    @Override
    public void on(RunEvent event) {
        view.on(event);
    }
}
