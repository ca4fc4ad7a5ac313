package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.aws.S3Costs.Request;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.provider.Progress;
import dev.restage.provider.Variables;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Operation;
import dev.restage.sandbox.s3.S3Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3CostsTest {

    private static final MediaSyncOptions MIRROR =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    private final S3Server server = S3Server.start();

    @AfterEach
    void stop() {
        server.close();
    }

    /** The forecast is what the server counts then. */
    @Test
    void foretellsTheRequestsOfASync() {
        server.createBucket("production");
        server.createBucket("staging");
        for (int i = 0; i < 12; i++) {
            server.put("production", "media/" + i, "image/jpeg", new byte[i + 1]);
        }
        server.put("production", "media/empty", "image/jpeg", new byte[0]);
        server.put("production", "media/large", "image/tiff", new byte[11 << 20]);
        server.put("staging", "media/old", "image/jpeg", new byte[1]);
        S3Costs costs = new S3Costs(true, AwsConfig.FIVE_MIB);
        MediaStore source = open("s3://production/media/");
        source.list("").forEachRemaining(costs::copy);
        server.requests().reset();

        MediaSync.between(source, open("s3://staging/media/"), MIRROR).run(Progress.NONE);

        Map<Request, Long> foretold = costs.requests(14, 1, 1);
        assertThat(count(S3Operation.LIST_OBJECTS_V2, S3Operation.LIST_MULTIPART_UPLOADS))
                .isEqualTo(foretold.get(Request.LIST));
        assertThat(count(S3Operation.COPY_OBJECT, S3Operation.UPLOAD_PART_COPY)).isEqualTo(foretold.get(Request.COPY));
        assertThat(count(S3Operation.CREATE_MULTIPART_UPLOAD, S3Operation.COMPLETE_MULTIPART_UPLOAD))
                .isEqualTo(foretold.get(Request.PUT));
        assertThat(count(S3Operation.HEAD_OBJECT)).isEqualTo(foretold.get(Request.HEAD));
        assertThat(count(S3Operation.GET_OBJECT_TAGGING)).isEqualTo(foretold.get(Request.GET));
        assertThat(server.requests().total())
                .isEqualTo(foretold.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void saysWhatBothWaysCost() {
        S3Costs costs = new S3Costs(true, AwsConfig.FIVE_GIB);
        MediaObject object = new MediaObject("a", 1000, "", Instant.EPOCH);
        for (int i = 0; i < 1_000_000; i++) {
            costs.copy(object);
        }

        List<String> sentences = costs.sentences(1_000_000, 0, 0);

        assertThat(sentences).hasSize(2);
        assertThat(sentences.get(0))
                .startsWith("by this machine: about 1,001 LIST, 1,000,000 COPY requests, 5.01 USD")
                .contains("about 16 min");
        assertThat(sentences.get(1)).contains("1.26 USD more").contains("from about 5,000,000 objects");
    }

    @Test
    void whatIsLookedIntoCostsARequestAndIsNothingForAJob() {
        S3Costs costs = new S3Costs(true, AwsConfig.FIVE_GIB);
        costs.look(new MediaObject("film.mp4", 2_000_000_000, "", Instant.EPOCH), 65_536);

        assertThat(costs.sentences(1, 0, 0))
                .singleElement()
                .asString()
                .contains("2 LIST, 1 COPY, 1 GET")
                .contains("up to 0.00 USD for 0.0 GB");
    }

    @Test
    void saysWhatPassesThroughThisMachine() {
        S3Costs costs = new S3Costs(false, AwsConfig.FIVE_GIB);
        costs.copy(new MediaObject("a", 2_000_000_000, "", Instant.EPOCH));

        assertThat(costs.sentences(1, 0, 0))
                .singleElement()
                .asString()
                .contains("2 LIST, 1 PUT, 1 GET, 1 HEAD")
                .contains("up to 0.18 USD for 2.0 GB");
    }

    private long count(S3Operation... operations) {
        return List.of(operations).stream().mapToLong(server.requests()::of).sum();
    }

    private MediaStore open(String address) {
        AwsConfig config = AwsConfig.from(Variables.of(Stores.variables(server)));
        return Stores.open(
                new AwsModule(new AwsConfig(
                        config.endpoint(),
                        AwsConfig.Style.PATH,
                        config.region(),
                        null,
                        config.key(),
                        AwsConfig.FIVE_MIB,
                        false,
                        null)),
                Map.of(),
                address);
    }
}
