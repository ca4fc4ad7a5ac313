package dev.restage.report;

import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes each entry of a journal, with the id of its run, as one line of JSON, for log collectors and other programs. */
public final class JsonLines implements RunListener {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final OutputStream out;

    private JsonLines(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes to a stream, which stays open.
     *
     * @param out takes UTF-8
     * @return the listener
     */
    public static JsonLines to(OutputStream out) {
        return new JsonLines(out);
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.Recorded recorded) {
            try {
                ObjectNode line = MAPPER.createObjectNode().put("run", recorded.runId());
                line.setAll((ObjectNode) MAPPER.valueToTree(recorded.entry()));
                out.write((MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the stream of JSON lines takes no more", e);
            }
        }
    }
}
