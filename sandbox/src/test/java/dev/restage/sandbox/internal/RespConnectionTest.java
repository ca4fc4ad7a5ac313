package dev.restage.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that says what it is told to, command by command. */
class RespConnectionTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    RespConnectionTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://127.0.0.1:%d, ''",
        "redis://127.0.0.1:%d/, ''",
        "redis://127.0.0.1:%d/3, SELECT 3",
        "redis://:secret@127.0.0.1:%d, AUTH secret",
        "redis://:p%%40ss+word@127.0.0.1:%d/1, AUTH p@ss+word|SELECT 1",
        "redis://acme:secret@127.0.0.1:%d, AUTH acme secret",
        "redis://acme@127.0.0.1:%d, ''"
    })
    void logsInAndSelectsAsItsUrlSays(String url, String commands) throws IOException {
        serve("+OK\r\n", "+OK\r\n", "+PONG\r\n");

        try (RespConnection redis = RespConnection.to(URI.create(url.formatted(server.getLocalPort())))) {
            redis.call("PING");
        }

        List<String> expected =
                new ArrayList<>(commands.isEmpty() ? List.of() : Arrays.asList(commands.split("\\|", -1)));
        expected.add("PING");
        assertThat(received).isEqualTo(expected);
    }

    @Test
    void readsTextsAndNumbers() throws IOException {
        serve("+OK\r\n", ":42\r\n", "$4\r\na\r\nb\r\n");

        try (RespConnection redis = connect()) {
            assertThat(redis.call("A")).isEqualTo("OK");
            assertThat(redis.call("B")).isEqualTo(42L);
            assertThat(redis.call("C")).isEqualTo("a\r\nb");
        }
    }

    @Test
    void readsNothingAndLists() throws IOException {
        serve("$-1\r\n", "$0\r\n\r\n", "*0\r\n", "*3\r\n$1\r\na\r\n:1\r\n*1\r\n$-1\r\n");

        try (RespConnection redis = connect()) {
            assertThat(redis.call("A")).isNull();
            assertThat(redis.call("B")).isEqualTo("");
            assertThat(redis.call("C")).isEqualTo(List.of());
            assertThat(redis.call("D")).isEqualTo(Arrays.asList("a", 1L, Arrays.asList((Object) null)));
        }
    }

    @Test
    void countsBytesAndNotLetters() throws IOException {
        serve("$6\r\nZoë\r\n\r\n");

        try (RespConnection redis = connect()) {
            assertThat(redis.call("SET", "ключ", "Zoë\r\n")).isEqualTo("Zoë\r\n");
        }
        assertThat(received).containsExactly("SET ключ Zoë\r\n");
    }

    @Test
    void anErrorIsThrownWithItsWords() throws IOException {
        serve("-NOAUTH Authentication required.\r\n");

        try (RespConnection redis = connect()) {
            assertThatIOException()
                    .isThrownBy(() -> redis.call("GET", "a"))
                    .withMessage("Redis answered -NOAUTH Authentication required.");
        }
    }

    @Test
    void aRefusedLoginIsNoConnection() throws IOException {
        serve("-WRONGPASS invalid\r\n");

        assertThatIOException()
                .isThrownBy(() -> RespConnection.to(URI.create("redis://:wrong@127.0.0.1:" + server.getLocalPort())))
                .withMessageContaining("WRONGPASS");
    }

    @Test
    void aConnectionThatEndsSaysSo() throws IOException {
        serve("");

        try (RespConnection redis = connect()) {
            assertThatIOException().isThrownBy(() -> redis.call("PING")).withMessage("Redis closed the connection");
        }
    }

    @Test
    void sendsManyCommandsAtOnce() throws IOException {
        serve("+OK\r\n", "+OK\r\n", "+OK\r\n");

        try (RespConnection redis = connect()) {
            redis.callAll(List.of(new String[] {"SET", "a", "1"}, new String[] {"SET", "b", "2"}));
            assertThat(redis.call("PING")).isEqualTo("OK");
        }
        assertThat(received).containsExactly("SET a 1", "SET b 2", "PING");
    }

    private RespConnection connect() throws IOException {
        return RespConnection.to(URI.create("redis://127.0.0.1:" + server.getLocalPort()));
    }

    /** Answers one command after the other, then closes the connection. */
    private void serve(String... answers) {
        Thread thread = new Thread(() -> {
            try (Socket client = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                for (String answer : answers) {
                    String header = in.readLine();
                    if (header == null) {
                        return;
                    }
                    received.add(command(in, Integer.parseInt(header.substring(1))));
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException closed) {
                received.add("closed");
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static String command(BufferedReader in, int words) throws IOException {
        List<String> read = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            int left = Integer.parseInt(Objects.requireNonNull(in.readLine()).substring(1));
            StringBuilder word = new StringBuilder();
            while (left > 0) {
                char c = (char) in.read();
                word.append(c);
                left -= String.valueOf(c).getBytes(StandardCharsets.UTF_8).length;
            }
            in.readLine();
            read.add(word.toString());
        }
        return String.join(" ", read);
    }
}
