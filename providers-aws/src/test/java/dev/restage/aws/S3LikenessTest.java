package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Server;
import dev.restage.sandbox.s3.model.SimulatedObjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that answers at two places of a network, and two servers with buckets of one name. */
@Timeout(60)
class S3LikenessTest {

    @AutoClose
    private final S3Server server = S3Server.start();

    @AutoClose
    private final S3Server another = S3Server.start();

    @AutoClose
    private final Elsewhere elsewhere = new Elsewhere(server.endpoint().getPort());

    private final List<MediaStore> opened = new ArrayList<>();

    @BeforeEach
    void makeBuckets() {
        server.createBucket("media");
        another.createBucket("media");
    }

    @AfterEach
    void closeStores() {
        opened.forEach(MediaStore::close);
    }

    @Test
    void oneBucketAtTwoPlacesIsKnownByItsObjects() {
        put(server, "images/a.jpg");
        MediaStore here = open(server, "s3://media");
        MediaStore there = open(server, "s3://media?endpoint=http://127.0.0.1:" + elsewhere.port());

        assertThat(there.identity().overlaps(here.identity())).isFalse();
        assertThat(here.mayBe(there)).isTrue();
        assertThat(there.mayBe(here)).isTrue();
    }

    @Test
    void aPartOfABucketIsKnownInTheWholeAndNotInAnotherPart() {
        put(server, "images/a.jpg");
        put(server, "documents/b.pdf");
        String there = "?endpoint=http://127.0.0.1:" + elsewhere.port();

        assertThat(open(server, "s3://media").mayBe(open(server, "s3://media/images/" + there)))
                .isTrue();
        assertThat(open(server, "s3://media/images").mayBe(open(server, "s3://media" + there)))
                .isTrue();
        assertThat(open(server, "s3://media/images").mayBe(open(server, "s3://media/documents" + there)))
                .isFalse();
    }

    @Test
    void aCopyOnAnotherServerIsAnotherBucketThoughItsNameIsTheSame() {
        server.createBucket("old");
        server.simulate("old", new SimulatedObjects(3, "images/%d.jpg"::formatted, "image/jpeg", "pixels"));
        another.createBucket("old");
        MediaStore original = open(server, "s3://old");
        MediaStore copy = open(another, "s3://old");
        original.list(KeyRange.ALL).forEachRemaining(object -> copy.copy(original, object, object.key(), Set.of()));

        assertThat(another.keys("old")).hasSize(3);
        assertThat(original.mayBe(copy)).isFalse();
        assertThat(copy.mayBe(original)).isFalse();
    }

    @Test
    void oneObjectThatIsAlikeByChanceDoesNotMakeTwoBucketsOne() {
        SimulatedObjects few = new SimulatedObjects(1, "images/%d.jpg"::formatted, "image/jpeg", "pixels");
        SimulatedObjects more = new SimulatedObjects(2, "images/%d.jpg"::formatted, "image/jpeg", "pixels");
        server.createBucket("old");
        server.simulate("old", more);
        another.createBucket("old");
        another.simulate("old", few);

        assertThat(open(server, "s3://old").mayBe(open(another, "s3://old"))).isFalse();
    }

    @Test
    void emptyBucketsOfOneNameOnTwoServersOfThisMachineAreTwo() {
        assertThat(open(server, "s3://media").mayBe(open(another, "s3://media")))
                .isFalse();
    }

    @Test
    void theAliasOfAnAccessPointIsKnownAsItsBucketByItsObjects() {
        String alias = "site-abcdefghijklmnopqrstuvwxyz0123456-s3alias";
        SimulatedObjects objects = new SimulatedObjects(3, "images/%d.jpg"::formatted, "image/jpeg", "pixels");
        for (String bucket : List.of("original", "namesake", alias)) {
            server.createBucket(bucket);
            server.simulate(bucket, objects);
        }

        assertThat(open(server, "s3://original").mayBe(open(server, "s3://" + alias)))
                .isTrue();
        assertThat(open(server, "s3://" + alias).mayBe(open(server, "s3://original/images")))
                .isTrue();
        assertThat(open(server, "s3://media").mayBe(open(server, "s3://" + alias)))
                .isFalse();
        assertThat(open(server, "s3://original").mayBe(open(server, "s3://namesake")))
                .isFalse();
    }

    @Test
    void aPlanIsRefusedThatWritesProductionsBucketByAnotherNameOfItsServer() {
        put(server, "images/a.jpg");
        String production = "s3://media";
        String staging = "s3://media?endpoint=http://127.0.0.1:" + elsewhere.port();
        ResetPlan plan = ResetPlan.builder(
                        "test",
                        Environment.production("production").media(production).build(),
                        Environment.staging("staging").media(staging).build())
                .add("sync", Step.of("sync", context -> {}).writing(Address.of(staging)))
                .build();
        try (Restage restage =
                Restage.builder().variables(Stores.variables(server)).build()) {
            assertThatThrownBy(() -> restage.preview(plan))
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("looks like the same thing as s3://media of production");
        }
    }

    private static void put(S3Server server, String key) {
        server.put("media", key, "image/jpeg", new byte[] {1, 2, 3});
    }

    private MediaStore open(S3Server server, String address) {
        MediaStore store = Stores.open(new AwsModule(), Stores.variables(server), address);
        opened.add(store);
        return store;
    }

    /** Another port that leads to a server, as a proxy's or another name's does. */
    private static final class Elsewhere implements AutoCloseable {

        private final ServerSocket door;
        private final int to;

        private Elsewhere(int to) {
            this.to = to;
            try {
                door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            start(this::answer);
        }

        private int port() {
            return door.getLocalPort();
        }

        private void answer() {
            while (!door.isClosed()) {
                try {
                    Socket caller = door.accept();
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
                    start(() -> pass(caller, server));
                    start(() -> pass(server, caller));
                } catch (IOException e) {
                    return; // Closed.
                }
            }
        }

        private static void pass(Socket from, Socket to) {
            try (from;
                    to;
                    InputStream in = from.getInputStream()) {
                in.transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One side has gone, and the other goes with it.
            }
        }

        private static void start(Runnable work) {
            Thread thread = new Thread(work, "elsewhere");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
