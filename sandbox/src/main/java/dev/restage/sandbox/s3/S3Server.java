package dev.restage.sandbox.s3;

import dev.restage.sandbox.s3.internal.access.Account;
import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.Principal;
import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Http;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.internal.object.Attributes;
import dev.restage.sandbox.s3.internal.object.Body;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.operation.ObjectReads;
import dev.restage.sandbox.s3.internal.operation.ObjectWrites;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.Grant;
import dev.restage.sandbox.s3.model.S3Key;
import dev.restage.sandbox.s3.model.SimulatedObjects;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An S3 server in this process that keeps its objects in memory and checks signatures (version 4) and rights. Clients must
 * use path-style addressing; any region is right unless a bucket has one.
 *
 * <p>May be used by several threads at once.
 */
public final class S3Server implements AutoCloseable {

    /** The account that owns everything. */
    public static final String ACCOUNT = Account.ID;

    private final S3Service service = new S3Service();
    private final S3Http http;
    private final S3Key root;

    private S3Server(int port) {
        root = service.access().add("root", List.of(Grant.of("*", "*")));
        http = new S3Http(port, service::answer);
    }

    /** {@return a running server without buckets, on a free port} */
    public static S3Server start() {
        return start(0);
    }

    /**
     * {@return a running server without buckets}
     *
     * @param port the port of 127.0.0.1; 0 for any that is free
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static S3Server start(int port) {
        return new S3Server(port);
    }

    /** {@return where the server is, {@code http://127.0.0.1:port}} */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.port());
    }

    /** {@return the access key id of the key pair that may do everything} */
    public String accessKey() {
        return root.id();
    }

    /** {@return the secret of the key pair that may do everything} */
    public String secretKey() {
        return root.secret().reveal();
    }

    /**
     * {@return a new key pair that may do what is granted and nothing else}
     *
     * @param user the name of the user, which refusals quote
     * @param grants what the user may do
     */
    public S3Key newKey(String user, Grant... grants) {
        return service.access().add(user, List.of(grants));
    }

    /**
     * Makes an empty bucket like any other.
     *
     * @param bucket its name
     */
    public void createBucket(String bucket) {
        createBucket(bucket, BucketSettings.standard());
    }

    /**
     * Makes an empty bucket.
     *
     * @param bucket its name
     * @param settings what it is like
     */
    public void createBucket(String bucket, BucketSettings settings) {
        service.buckets().create(bucket, settings);
    }

    /** Makes a bucket, or throws away all that is in it. */
    void renewBucket(String bucket) {
        service.buckets().renew(bucket);
    }

    /**
     * Lets a bucket hold objects that take no memory, under those that are really written to it.
     *
     * @param bucket a bucket that exists
     * @param objects what it holds
     */
    public void simulate(String bucket, SimulatedObjects objects) {
        service.buckets().of(bucket).simulate(objects);
    }

    /**
     * Writes an object.
     *
     * @param bucket a bucket that exists
     * @param key the object's key
     * @param contentType its media type
     * @param content its bytes
     */
    public void put(String bucket, String key, String contentType, byte[] content) {
        put(bucket, key, content, Map.of("content-type", contentType));
    }

    /**
     * Writes an object as a request with some headers would.
     *
     * @param bucket a bucket that exists
     * @param key the object's key
     * @param content its bytes
     * @param headers such as {@code content-type}, {@code x-amz-meta-owner}, {@code x-amz-tagging},
     *     {@code x-amz-storage-class}, in lower case
     */
    public void put(String bucket, String key, byte[] content, Map<String, String> headers) {
        ObjectWrites.checkKey(key);
        Bucket of = service.buckets().of(bucket);
        Attributes attributes = Attributes.asked(asRoot(bucket, key, headers), of);
        Body body = Body.whole(new Content(content), attributes.encryption(), ChecksumAlgorithm.CRC64NVME);
        of.put(key, body, attributes);
    }

    /**
     * {@return the bytes of an object; empty if there is none}
     *
     * @param bucket a bucket that exists
     * @param key the object's key
     */
    public Optional<byte[]> get(String bucket, String key) {
        return service.buckets()
                .of(bucket)
                .current(key)
                .map(object -> object.body().content().bytes().clone());
    }

    /**
     * {@return what a client learns of an object: the headers of its answer, by name; empty if there is none}
     *
     * @param bucket a bucket that exists
     * @param key the object's key
     */
    public Map<String, String> headers(String bucket, String key) {
        Bucket of = service.buckets().of(bucket);
        return of.current(key).isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(ObjectReads.described(asRoot(bucket, key, Map.of()), of));
    }

    /**
     * {@return all keys of a bucket, in the order of strings}
     *
     * @param bucket a bucket that exists
     */
    public SortedSet<String> keys(String bucket) {
        SortedSet<String> keys = new TreeSet<>();
        Iterator<StoredObject> objects = service.buckets().of(bucket).from("");
        objects.forEachRemaining(object -> keys.add(object.key()));
        return keys;
    }

    /**
     * Removes an object; one that is missing is fine.
     *
     * @param bucket a bucket that exists
     * @param key the object's key
     */
    public void delete(String bucket, String key) {
        service.buckets().of(bucket).delete(key);
    }

    /** {@return a running stand-in of S3 Batch Operations for the buckets of this server, to be closed before it} */
    public S3Control startControl() {
        return new S3Control(service);
    }

    /** {@return the requests that came in so far} */
    public S3Requests requests() {
        return service.requests();
    }

    /** {@return the way to make the server misbehave} */
    public S3Faults faults() {
        return service.faults();
    }

    /**
     * Lets every request wait, as a network would.
     *
     * @param added how long
     */
    public void latency(Duration added) {
        service.latency(added);
    }

    /**
     * Sets the most that one copy takes, which is 5 GiB.
     *
     * @param bytes how much
     */
    public void copyLimit(long bytes) {
        service.limits().copyBytes(bytes);
    }

    /**
     * Sets the least that a part of an upload has (but for the last), which is 5 MiB.
     *
     * @param bytes how much
     */
    public void partMinimum(long bytes) {
        service.limits().partBytes(bytes);
    }

    /** Stops the server; its objects are gone. Does nothing the second time. */
    @Override
    public void close() {
        http.close();
    }

    private Caller asRoot(String bucket, String key, Map<String, String> headers) {
        S3Request request = new S3Request("", "/", bucket, key, Map.of(), headers, new Content(new byte[0]));
        return new Caller(new Principal(root.user(), List.of(Grant.of("*", "*"))), "", request, Map.of());
    }
}
