package dev.restage.sandbox.vendor.heroku;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Ends lines with CR LF, as a pseudo terminal does; what is written at once stays together. */
final class TerminalOutput extends FilterOutputStream {

    TerminalOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteArrayOutputStream translated = new ByteArrayOutputStream(length + 64);
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                translated.write('\r');
            }
            translated.write(bytes[i]);
        }
        out.write(translated.toByteArray());
    }
}
