package dev.restage.sandbox.vendor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Just enough of a Redis client for the web process, so that the sandbox needs no client library. */
final class RespClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects to {@code redis://user:password@host:port/database}; all but the host may be missing. */
    RespClient(URI url) throws IOException {
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort()), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        String login = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
        String user = VendorRequest.decode(login.replaceFirst(":.*", ""));
        String password =
                VendorRequest.decode(login.substring(login.indexOf(':') + 1).replace("+", "%2B"));
        if (login.contains(":") && !password.isEmpty()) {
            call(user.isEmpty() ? new String[] {"AUTH", password} : new String[] {"AUTH", user, password});
        }
        String database = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
        if (!database.isEmpty()) {
            call("SELECT", database);
        }
    }

    Optional<String> get(String key) throws IOException {
        return call("GET", key);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Optional<String> call(String... words) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            command.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            command.writeBytes(bytes);
            command.writeBytes(new byte[] {'\r', '\n'});
        }
        socket.getOutputStream().write(command.toByteArray());
        return reply();
    }

    private Optional<String> reply() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> Optional.of(rest);
            case '$' -> {
                int length = Integer.parseInt(rest);
                if (length < 0) {
                    yield Optional.empty();
                }
                String value = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                line();
                yield Optional.of(value);
            }
            default -> throw new IOException("Redis answered " + rest);
        };
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("Redis closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
