package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Variables;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Server;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever way an object is copied, by one call, in parts or through this machine: the copy is the same, on each server. */
class ThreeWaysTest {

    private enum Server {
        SANDBOX,
        S3PROXY,
        RADOSGW
    }

    private enum Way {
        AT_ONCE,
        IN_PARTS,
        THROUGH,
        THROUGH_IN_PARTS
    }

    private static final int LARGE = (int) AwsConfig.FIVE_MIB + 1000;

    private static final Map<String, String> HEADERS = Map.of(
            "content-type", "image/jpeg",
            "cache-control", "max-age=60",
            "content-disposition", "attachment; filename=\"À l’Été 日本.jpg\"",
            "content-encoding", "identity",
            "content-language", "fr, ja",
            "expires", "0",
            "x-amz-meta-owner", "Bäckerei Ж",
            "x-amz-meta-plain", "a  b");

    private static final String TAGS = "kind=photo&note=a%20b%2Bc&%C3%BCber=%E6%97%A5";

    private static S3Server sandbox;
    private static S3ProxyServer proxy;

    private final List<MediaStore> opened = new ArrayList<>();
    private final String bucket = "ways-" + UUID.randomUUID();

    @BeforeAll
    static void startServers() {
        sandbox = S3Server.start();
        proxy = S3ProxyServer.start();
    }

    @AfterAll
    static void stopServers() {
        sandbox.close();
        proxy.close();
    }

    @AfterEach
    void closeStores() {
        opened.forEach(MediaStore::close);
    }

    private static Stream<Arguments> serversAndWays() {
        return Stream.of(Server.values())
                .flatMap(server -> Stream.of(Way.values()).map(way -> Arguments.of(server, way)));
    }

    @ParameterizedTest
    @MethodSource("serversAndWays")
    void keepsAllHeadersByEachWay(Server server, Way way) {
        boolean large = way == Way.IN_PARTS || way == Way.THROUGH_IN_PARTS;
        MediaObject source =
                arrived(server, "source", content(large ? LARGE : 10), known(server, HEADERS), tags(server));

        copy(server, way, source, "copy");

        RawObject copy = RawObject.of(variables(server), bucket, "copy");
        assertThat(copy.headers())
                .isEqualTo(RawObject.of(variables(server), bucket, "source").headers());
        assertThat(copy.content()).isEqualTo(new String(content(large ? LARGE : 10), StandardCharsets.ISO_8859_1));
        assertThat(open(server, "").tags(listed(server, "copy")))
                .isEqualTo(open(server, "").tags(listed(server, "source")));
    }

    @ParameterizedTest
    @EnumSource
    void getsFromOneServerToTheOtherWhatBothKnow(Server server) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.put("x-amz-website-redirect-location", "/elsewhere");
        Map<String, String> expected = new HashMap<>(known(server, headers));

        arrived(server, "source", new byte[0], Map.copyOf(expected), tags(server));

        if (server != Server.S3PROXY) {
            expected.put("x-amz-tagging-count", "3");
        }
        assertThat(RawObject.of(variables(server), bucket, "source").headers()).isEqualTo(expected);
    }

    /** S3Proxy checks the signature of other headers than arrived if they are not ASCII, and keeps no Expires. */
    private static Map<String, String> known(Server server, Map<String, String> headers) {
        Map<String, String> known = new HashMap<>(headers);
        if (server == Server.S3PROXY) {
            known.remove("x-amz-website-redirect-location");
            known.remove("expires");
            known.replaceAll((name, value) -> value.replaceAll("[^\\x20-\\x7E]", "?"));
        }
        return known;
    }

    /** S3Proxy knows no tags. */
    private static String tags(Server server) {
        return server == Server.S3PROXY ? "" : TAGS;
    }

    @ParameterizedTest
    @EnumSource
    void keepsRedirectsAlsoByOneCall(Server server) {
        Map<String, String> headers =
                Map.of("x-amz-website-redirect-location", "/caf%C3%A9/", "content-type", "text/html");
        MediaObject source = arrived(server, "source", new byte[0], headers, "");

        copy(server, Way.AT_ONCE, source, "copy");
        copy(server, Way.THROUGH, source, "through");

        Map<String, String> expected =
                RawObject.of(variables(server), bucket, "source").headers();
        assertThat(RawObject.of(variables(server), bucket, "copy").headers()).isEqualTo(expected);
        assertThat(RawObject.of(variables(server), bucket, "through").headers()).isEqualTo(expected);
    }

    /** An object that comes from the sandbox, where any header can be written. */
    private MediaObject arrived(Server server, String key, byte[] content, Map<String, String> headers, String tags) {
        createBucket(server);
        String from = "from-" + UUID.randomUUID();
        sandbox.createBucket(from);
        Map<String, String> bytes = new HashMap<>();
        headers.forEach((name, value) ->
                bytes.put(name, new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        if (!tags.isEmpty()) {
            bytes.put("x-amz-tagging", tags);
        }
        sandbox.put(from, key, content, bytes);
        MediaStore source = opened(Stores.open(new AwsModule(), Stores.variables(sandbox), "s3://" + from));
        MediaObject listed = source.list("").next();
        open(server, "").copy(new Foreign(source), listed);
        return listed(server, key);
    }

    private void copy(Server server, Way way, MediaObject object, String key) {
        MediaStore source = open(server, "");
        MediaStore target = open(server, "");
        boolean inside = way == Way.AT_ONCE || way == Way.IN_PARTS;
        target.copy(inside ? source : new Foreign(source), object, key);
    }

    private MediaObject listed(Server server, String key) {
        return open(server, "").list(key).next();
    }

    private void createBucket(Server server) {
        switch (server) {
            case SANDBOX -> sandbox.createBucket(bucket);
            case S3PROXY -> proxy.createBucket(bucket);
            case RADOSGW -> Radosgw.shared().createBucket(bucket);
        }
    }

    /** Cuts at 5 MiB, so that larger objects are copied in parts. */
    private MediaStore open(Server server, String parameters) {
        AwsConfig all = AwsConfig.from(Variables.of(variables(server)));
        AwsConfig limited = new AwsConfig(
                all.endpoint(), all.style(), all.region(), all.profile(), all.key(), AwsConfig.FIVE_MIB, false, null);
        return opened(Stores.open(new AwsModule(limited), Map.of(), "s3://" + bucket + parameters));
    }

    private MediaStore opened(MediaStore store) {
        opened.add(store);
        return store;
    }

    private static Map<String, String> variables(Server server) {
        Supplier<Map<String, String>> variables = switch (server) {
            case SANDBOX -> () -> Stores.variables(sandbox);
            case S3PROXY -> proxy::variables;
            case RADOSGW -> () -> Radosgw.shared().variables();
        };
        return variables.get();
    }

    private static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) ((i * 31) >> 3);
        }
        return content;
    }
}
