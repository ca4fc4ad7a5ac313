package dev.restage.aws.bench;

import dev.restage.sandbox.s3.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** The S3 server in a process of its own, told by lines what to hold. Answers each line with one. */
final class BenchServer {

    /** So small that requests count, not bytes. */
    private static final int BYTES = 2000;

    private final S3Server server = S3Server.start();

    private BenchServer() {}

    public static void main(String[] arguments) throws IOException {
        new BenchServer().serve(Duration.ofMillis(Long.parseLong(arguments[0])));
    }

    private void serve(Duration latency) throws IOException {
        server.createBucket(Job.SOURCE);
        server.createBucket(Job.TARGET);
        server.latency(latency);
        System.out.println(server.endpoint() + " " + server.accessKey() + " " + server.secretKey());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(obey(line.split(" ", -1)));
        }
        server.close();
    }

    private String obey(String[] words) {
        return switch (words[0]) {
            case "fill" -> fill(words[1], Integer.parseInt(words[2]));
            case "change" -> change(Integer.parseInt(words[1]));
            case "clear" -> clear(words[1]);
            case "same" -> String.valueOf(areSame());
            case "requests" -> requests();
            default -> throw new IllegalArgumentException("no such order: " + String.join(" ", words));
        };
    }

    private String fill(String bucket, int objects) {
        clear(bucket);
        for (int i = 0; i < objects; i++) {
            server.put(bucket, key(i), "image/jpeg", content(i, (byte) 0));
        }
        return "filled";
    }

    /** Objects of the same size, evenly spread, as a later upload would leave them. */
    private String change(int objects) {
        int all = server.keys(Job.SOURCE).size();
        for (int i = 0; i < objects; i++) {
            int at = (int) ((long) i * all / objects);
            server.put(Job.SOURCE, key(at), "image/jpeg", content(at, (byte) 1));
        }
        return "changed";
    }

    private String clear(String bucket) {
        server.keys(bucket).forEach(key -> server.delete(bucket, key));
        return "cleared";
    }

    private boolean areSame() {
        return server.keys(Job.SOURCE).equals(server.keys(Job.TARGET))
                && server.keys(Job.SOURCE).stream()
                        .allMatch(key -> Arrays.equals(
                                server.get(Job.SOURCE, key).orElseThrow(),
                                server.get(Job.TARGET, key).orElseThrow()));
    }

    private String requests() {
        String counts = String.valueOf(server.requests().byOperation());
        server.requests().reset();
        return counts;
    }

    private static String key(int i) {
        return "original_images/%02d/image-%06d.jpg".formatted(i % 7, i);
    }

    private static byte[] content(int i, byte version) {
        byte[] content = new byte[BYTES];
        Arrays.fill(content, (byte) i);
        byte[] name = key(i).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, content, 0, name.length);
        content[BYTES - 1] = version;
        return content;
    }
}
