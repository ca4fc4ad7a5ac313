package dev.restage.heroku;

import dev.restage.http.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The connection to an attached dyno: TLS, one line with the secret of the URL, one line in return, then the raw bytes of
 * the command's streams.
 */
final class Rendezvous implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;

    /** The byte that ends the command's input. */
    private static final int END_OF_INPUT = 0x04;

    private final SSLSocket socket;
    private final String secret;

    private Rendezvous(SSLSocket socket, String secret) {
        this.socket = socket;
        this.secret = secret;
    }

    /** The host cannot be reached from here, as where a firewall closes port 5000, or speaks another protocol. */
    static final class UnreachableException extends Exception {
        UnreachableException(String message, IOException cause) {
            super(message, cause);
        }

        UnreachableException(String message) {
            super(message);
        }
    }

    static Rendezvous connect(URI url, HttpSettings settings) throws UnreachableException, IOException {
        if (!"rendezvous".equals(url.getScheme()) || url.getHost() == null) {
            throw new UnreachableException("not a rendezvous host");
        }
        Socket plain = new Socket();
        try {
            InetSocketAddress address =
                    new InetSocketAddress(settings.resolve(url.getHost()).get(0), url.getPort());
            plain.connect(address, CONNECT_MILLIS);
        } catch (IOException e) {
            plain.close();
            throw new UnreachableException("no connection to " + url.getHost(), e);
        }
        try {
            SSLSocket socket = (SSLSocket) settings.sockets().createSocket(plain, url.getHost(), url.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.startHandshake();
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            return new Rendezvous(socket, url.getRawPath().substring(1) + query);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Says which dyno is meant, waits until it is there, and ends the command's input. */
    void begin(long deadline) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((secret + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        byte[] one = new byte[1];
        int count = read(one, deadline);
        while (count >= 0 && one[0] != '\n') {
            count = read(one, deadline);
        }
        out.write(END_OF_INPUT);
        out.flush();
    }

    /** {@return how many bytes were read; -1 at the end} */
    int read(byte[] buffer, long deadline) throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("the time limit is over");
        }
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        InputStream in = socket.getInputStream();
        return in.read(buffer);
    }

    /** Ends the command too if it still runs. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
