package dev.restage.sandbox.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As much of Redis' protocol (RESP2) as filling and looking at a cache takes. One thread at a time. */
public final class RespConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int PORT = 6379;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RespConnection(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream());
    }

    /**
     * Connects, logs in and selects the database.
     *
     * @param url {@code redis://user:password@host:port/database}; all but the host may be missing
     * @return the connection, to be closed by the caller
     */
    public static RespConnection to(URI url) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(url.getHost(), url.getPort() < 0 ? PORT : url.getPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            RespConnection connection = new RespConnection(socket);
            UserInfo login = UserInfo.of(url);
            if (!login.password().isEmpty()) {
                connection.call(
                        login.user().isEmpty()
                                ? new String[] {"AUTH", login.password()}
                                : new String[] {"AUTH", login.user(), login.password()});
            }
            String database = url.getPath().replaceFirst("^/", "");
            if (!database.isEmpty()) {
                connection.call("SELECT", database);
            }
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a command; the answer is a {@code String}, a {@code Long}, a {@code List} of answers, or null. */
    public @Nullable Object call(String... command) throws IOException {
        send(command);
        return answer();
    }

    /** Sends several commands at once and reads all their answers. */
    public void callAll(List<String[]> commands) throws IOException {
        for (String[] command : commands) {
            write(command);
        }
        out.flush();
        for (int i = 0; i < commands.size(); i++) {
            answer();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String... command) throws IOException {
        write(command);
        out.flush();
    }

    private void write(String... command) throws IOException {
        line("*" + command.length);
        for (String word : command) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            line("$" + bytes.length);
            out.write(bytes);
            line("");
        }
    }

    private void line(String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable Object answer() throws IOException {
        String line = readLine();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.valueOf(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IOException("Redis answered " + line);
        };
    }

    private @Nullable String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length + 2);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private List<@Nullable Object> list(int length) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(answer());
        }
        return items;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }
}
