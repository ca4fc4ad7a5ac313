package dev.restage.sandbox.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Runs an {@link S3Server} as a process of its own, for benchmarks and rehearsals with other programs.
 *
 * <p>Each argument, and then each line of the standard input, is a command; the process ends with the input. After the
 * arguments it prints {@code endpoint=…}, {@code accessKey=…}, {@code secretKey=…} and {@code ready}, and after each further
 * command {@code ok}, or {@code error} with a reason.
 *
 * <ul>
 *   <li>{@code port=9000}: only as the first argument; without it a free port is taken
 *   <li>{@code latency=20}: each request waits so many milliseconds
 *   <li>{@code bucket=NAME}: makes a bucket, or empties it
 *   <li>{@code fill=NAME,COUNT,BYTES}: makes the bucket, or empties it, and fills it with so many objects of so many bytes;
 *       equal numbers make equal objects in every bucket
 *   <li>{@code change=NAME,COUNT}: gives so many of its objects other bytes, evenly spread
 *   <li>{@code extra=NAME,COUNT,BYTES}: adds objects that no other bucket has
 *   <li>{@code requests}: prints {@code OPERATION=COUNT} lines, and counts from zero again
 * </ul>
 */
public final class ServeS3 {

    private final S3Server server;
    private final PrintStream out;

    private ServeS3(S3Server server, PrintStream out) {
        this.server = server;
        this.out = out;
    }

    /**
     * Runs until the standard input ends.
     *
     * @param arguments commands
     * @throws IOException if the standard input cannot be read
     */
    public static void main(String... arguments) throws IOException {
        List<String> commands = List.of(arguments);
        boolean hasPort = !commands.isEmpty() && commands.get(0).startsWith("port=");
        int port = hasPort ? Integer.parseInt(commands.get(0).substring("port=".length())) : 0;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (S3Server server = S3Server.start(port)) {
            ServeS3 process = new ServeS3(server, out);
            commands.subList(hasPort ? 1 : 0, commands.size()).forEach(process::run);
            out.println("endpoint=" + server.endpoint());
            out.println("accessKey=" + server.accessKey());
            out.println("secretKey=" + server.secretKey());
            out.println("ready");
            process.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    private void obey(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
                run(line.strip());
                out.println("ok");
            } catch (RuntimeException e) {
                out.println("error " + e.getMessage());
            }
        }
    }

    private void run(String command) {
        StringTokenizer words = new StringTokenizer(command, "=,");
        String verb = words.hasMoreTokens() ? words.nextToken() : "";
        switch (verb) {
            case "latency" -> server.latency(Duration.ofMillis(number(words)));
            case "bucket" -> server.renewBucket(words.nextToken());
            case "fill" -> {
                String bucket = words.nextToken();
                server.renewBucket(bucket);
                put(bucket, "images/", number(words), number(words));
            }
            case "change" -> change(words.nextToken(), number(words));
            case "extra" -> {
                String bucket = words.nextToken();
                put(bucket, "only-in-" + bucket + "/", number(words), number(words));
            }
            case "requests" -> {
                server.requests().byOperation().forEach((operation, count) -> out.println(operation + "=" + count));
                server.requests().reset();
            }
            default -> throw new IllegalArgumentException("there is no command " + command);
        }
    }

    private void change(String bucket, int count) {
        List<String> keys = List.copyOf(server.keys(bucket));
        for (int i = 0; i < count; i++) {
            int index = (int) ((long) i * keys.size() / count);
            String key = keys.get(index);
            int size = server.get(bucket, key).orElseThrow().length;
            server.put(bucket, key, "image/jpeg", bytes(index, size, 1));
        }
    }

    private void put(String bucket, String prefix, int count, int size) {
        for (int i = 0; i < count; i++) {
            server.put(bucket, "%s%03d/%07d.jpg".formatted(prefix, i / 1000, i), "image/jpeg", bytes(i, size, 0));
        }
    }

    /** Differ from one index, and one variant, to the next. */
    private static byte[] bytes(int index, int size, int variant) {
        byte[] bytes = new byte[size];
        long state = (index + 1L) * 0x9E3779B97F4A7C15L + variant;
        for (int i = 0; i < size; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            bytes[i] = (byte) (state >>> 56);
        }
        return bytes;
    }

    private static int number(StringTokenizer words) {
        return Integer.parseInt(words.nextToken());
    }
}
