package dev.restage.http;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * A file that is read while it arrives. Where the connection breaks off, another call goes on at that byte, if the server
 * can do that and still has the same file. Reading throws {@link ProviderException} if that call is refused. For one
 * thread; another may close it.
 */
public final class Download extends InputStream {

    /** So many calls in a row may bring nothing. */
    private static final int FRUITLESS = 3;

    private static final int PARTIAL = 206;

    /** Makes a call with more headers. */
    interface Opening {
        Response open(Map<String, String> headers);
    }

    private final Opening opening;
    private final Optional<String> version;
    private final long length;
    private long position;
    private volatile Response response;
    private volatile boolean closed;

    Download(Opening opening) {
        this.opening = opening;
        this.response = opening.open(Map.of());
        this.length = Math.max(0, response.body().contentLength());
        this.version = Optional.ofNullable(response.header("ETag")).filter(tag -> !tag.startsWith("W/"));
    }

    /** {@return how many bytes the whole file has; 0 if the server does not say} */
    public long length() {
        return length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int most) throws IOException {
        for (int failures = 1; ; failures++) {
            try {
                int count = response.body().byteStream().read(buffer, from, most);
                position += Math.max(0, count);
                return count;
            } catch (IOException e) {
                if (closed || failures > FRUITLESS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                goOn(e);
            }
        }
    }

    private void goOn(IOException broken) throws IOException {
        response.close();
        if (version.isEmpty()) {
            throw broken;
        }
        Response next = opening.open(Map.of("Range", "bytes=" + position + "-", "If-Range", version.get()));
        response = next;
        if (closed || next.code() != PARTIAL) {
            next.close();
            throw new IOException("it broke off after %d bytes and cannot be gone on with".formatted(position), broken);
        }
    }

    /** Writes all of an answer to where it belongs. */
    static long copy(RestRequest request, Response response, OutputStream target, Progress progress) {
        ResponseBody body = response.body();
        long total = Math.max(0, body.contentLength());
        long done = 0;
        try (InputStream in = body.byteStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                target.write(buffer, 0, n);
                done += n;
                progress.report(Progress.Unit.BYTES, done, Math.max(total, 0));
            }
            return done;
        } catch (IOException e) {
            throw new ProviderException(
                    Kind.UNAVAILABLE,
                    "the download of %s broke off after %d bytes: fetch it again".formatted(request, done),
                    Effect.NONE,
                    e);
        }
    }

    @Override
    public void close() {
        closed = true;
        response.close();
    }
}
