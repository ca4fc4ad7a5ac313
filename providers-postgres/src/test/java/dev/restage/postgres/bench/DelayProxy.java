package dev.restage.postgres.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A far server: each answer arrives some time later than it was sent, however many are under way. */
final class DelayProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final long delayNanos;

    private DelayProxy(ServerSocket listener, int target, long delayNanos) {
        this.listener = listener;
        this.target = target;
        this.delayNanos = delayNanos;
    }

    /** Stands before a port of this machine. */
    static DelayProxy before(int port, int delayMillis) throws IOException {
        DelayProxy proxy = new DelayProxy(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                port,
                TimeUnit.MILLISECONDS.toNanos(delayMillis));
        start(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
            start(() -> {
                client.getInputStream().transferTo(server.getOutputStream());
                server.shutdownOutput();
            });
            start(() -> receive(server.getInputStream(), underWay));
            start(() -> {
                deliver(underWay, client.getOutputStream());
                client.close();
                server.close();
            });
        }
    }

    private void receive(InputStream input, BlockingQueue<Chunk> underWay) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
            underWay.add(new Chunk(Arrays.copyOf(buffer, length), System.nanoTime() + delayNanos));
        }
        underWay.add(new Chunk(new byte[0], 0));
    }

    private static void deliver(BlockingQueue<Chunk> underWay, OutputStream output)
            throws IOException, InterruptedException {
        for (Chunk chunk = underWay.take(); chunk.bytes().length > 0; chunk = underWay.take()) {
            TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
            output.write(chunk.bytes());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** Ends in silence when a connection does. */
    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // The client or the server has gone.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Chunk(byte[] bytes, long due) {}
}
