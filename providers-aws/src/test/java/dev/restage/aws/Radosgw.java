package dev.restage.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The S3 server of Ceph with its disk in memory, where Debian's packages are installed. Starting takes ten seconds, so all
 * tests of this JVM share one; it ends with the JVM, in whatever way that ends.
 */
final class Radosgw implements SecondServer {

    /** Its two users, who own nothing of each other. */
    enum User {
        LAB,
        OTHER;

        String key() {
            return "KEY" + name();
        }

        String secret() {
            return "secret-of-" + name();
        }
    }

    private static final List<String> PROGRAMS =
            List.of("ceph-mon", "ceph-osd", "ceph", "monmaptool", "radosgw", "radosgw-admin");

    private static @Nullable Radosgw shared;

    private final URI endpoint;
    private final Process process;
    private final Map<User, S3Client> clients;

    private Radosgw(URI endpoint, Process process) {
        this.endpoint = endpoint;
        this.process = process;
        this.clients = Map.of(User.LAB, client(User.LAB), User.OTHER, client(User.OTHER));
    }

    /** {@return the server; the test that asks is skipped where Ceph is not installed} */
    static synchronized Radosgw shared() {
        for (String program : PROGRAMS) {
            assumeTrue(isInstalled(program), "no " + program + ": install radosgw, ceph-mon, ceph-osd and ceph-common");
        }
        if (shared == null || !shared.process.isAlive()) {
            shared = start();
        }
        return shared;
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static Radosgw start() {
        try {
            Path folder = Files.createTempDirectory("restage-rgw-");
            int port = freePort();
            Path script = folder.resolve("radosgw.sh");
            try (var text = Radosgw.class.getResourceAsStream("radosgw.sh")) {
                Files.write(script, text.readAllBytes());
            }
            Process process = new ProcessBuilder(
                            "/bin/sh",
                            script.toString(),
                            folder.toString(),
                            Integer.toString(freePort()),
                            Integer.toString(port))
                    .redirectErrorStream(true)
                    .start();
            awaitReady(process);
            return new Radosgw(URI.create("http://127.0.0.1:" + port), process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The script says when its last user is made, or ends. */
    private static void awaitReady(Process process) throws IOException {
        StringJoiner said = new StringJoiner("\n");
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("ready")) {
                Thread rest = new Thread(() -> lines.lines().forEach(ignored -> {}), "radosgw output");
                rest.setDaemon(true);
                rest.start();
                return;
            }
            said.add(line);
        }
        throw new IllegalStateException("radosgw does not start: " + said);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private S3Client client(User user) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(user.key(), user.secret())))
                .httpClientBuilder(Apache5HttpClient.builder())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // It would keep the framing's name as the encoding of the object.
                .serviceConfiguration(
                        settings -> settings.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
                .build();
    }

    /** A client that shares nothing with the code under test but the SDK. */
    S3Client as(User user) {
        return Objects.requireNonNull(clients.get(user));
    }

    Map<String, String> variables(User user) {
        return Map.of(
                "AWS_ENDPOINT_URL_S3", endpoint.toString(),
                "AWS_ACCESS_KEY_ID", user.key(),
                "AWS_SECRET_ACCESS_KEY", user.secret());
    }

    @Override
    public Map<String, String> variables() {
        return variables(User.LAB);
    }

    @Override
    public void createBucket(String bucket) {
        as(User.LAB).createBucket(request -> request.bucket(bucket));
    }

    @Override
    public void put(String bucket, String key, String content) {
        as(User.LAB)
                .putObject(
                        request -> request.bucket(bucket).key(key).contentType("image/jpeg"),
                        RequestBody.fromString(content));
    }

    @Override
    public String get(String bucket, String key) {
        return as(User.LAB)
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asUtf8String();
    }

    @Override
    public NavigableSet<String> keys(String bucket) {
        NavigableSet<String> keys = new TreeSet<>();
        as(User.LAB).listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .forEach(keys::add);
        return keys;
    }
}
