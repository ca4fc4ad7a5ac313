package dev.restage.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Speaks as much of Redis's protocol as one odd answer takes, where no real server can be made to give it. */
final class OddServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Map<String, String> answers;

    /** @param answers to commands, as they travel; others are answered with OK */
    OddServer(Map<String, String> answers) throws IOException {
        this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.answers = answers;
        Thread thread = new Thread(this::serve, "odd-redis");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    static String bulk(String text) {
        return "$%d\r\n%s\r\n".formatted(text.length(), text);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                answer(client);
            } catch (IOException e) {
                // The client has gone, or the server is closed, which ends the loop.
            }
        }
    }

    private void answer(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = client.getOutputStream();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int words = Integer.parseInt(line.substring(1));
            String command = "";
            for (int i = 0; i < words; i++) {
                in.readLine();
                String word = in.readLine();
                command = i == 0 ? word.toUpperCase(Locale.ROOT) : command;
            }
            String usual = command.equals("HELLO") ? "-ERR unknown command 'HELLO'\r\n" : "+OK\r\n";
            out.write(answers.getOrDefault(command, usual).getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
