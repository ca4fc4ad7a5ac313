package dev.restage.sandbox.vendor.heroku;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends the output of a detached dyno to the app's log, line by line. */
final class LogOutput extends OutputStream {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final HostedApp app;
    private final String dyno;

    LogOutput(HostedApp app, String dyno) {
        this.app = app;
        this.dyno = dyno;
    }

    @Override
    public void write(int next) {
        if (next == '\n') {
            app.log("app", dyno, line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else {
            line.write(next);
        }
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            write('\n');
        }
    }
}
