package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.vendor.internal.SourceTree;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.app.DynoShell;
import dev.restage.sandbox.vendor.internal.app.ManagePy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import tools.jackson.databind.JsonNode;

/**
 * One-off dynos. An attached one waits at a rendezvous address: raw TLS, the client sends the secret as its first line, gets the
 * line {@code rendezvous}, and from then on both directions are the terminal of the command.
 */
final class OneOffDynos implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OneOffDynos.class.getName());
    private static final int LONGEST_SECRET = 200;
    private static final int LONGEST_LIFE = 86_400;

    private final ManagePy django = new ManagePy();
    private final HeldCertificate authority;
    private final ServerSocket rendezvous;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(work -> StandInServer.daemon("sandbox-dyno", work));
    private final Map<String, Session> waiting = new ConcurrentHashMap<>();
    private final Map<String, DynoShell> running = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger(1000);

    OneOffDynos() {
        authority = new HeldCertificate.Builder()
                .certificateAuthority(0)
                .commonName("Restage sandbox")
                .build();
        HeldCertificate server = new HeldCertificate.Builder()
                .commonName("localhost")
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("127.0.0.1")
                .signedBy(authority)
                .build();
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(server).build();
        try {
            rendezvous = tls.sslContext()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException("no free port on 127.0.0.1 for rendezvous", noPort);
        }
        threads.execute(this::accept);
    }

    /** A dyno, and where to attach to it if that was asked for. */
    record Started(HostedApp.Dyno dyno, Optional<URI> attachUrl) {}

    private record Session(
            HostedApp app,
            HostedApp.Dyno dyno,
            Map<String, String> environment,
            boolean terminal,
            Duration timeToLive) {}

    String caCertificatePem() {
        return authority.certificatePem();
    }

    Started start(HostedApp app, JsonNode body) {
        String name = body.path("type").asString("run") + "." + number.incrementAndGet();
        HostedApp.Dyno dyno = new HostedApp.Dyno(
                UUID.randomUUID().toString(),
                name,
                body.path("type").asString("run"),
                "starting",
                body.path("command").asString(""),
                body.path("size").asString("Basic"),
                app.current().version(),
                Instant.now());
        Map<String, String> environment = new LinkedHashMap<>(app.configVars());
        body.path("env")
                .propertyStream()
                .forEach(set -> environment.put(set.getKey(), set.getValue().asString("")));
        environment.put("DYNO", name);
        int life = Math.min(LONGEST_LIFE, body.path("time_to_live").asInt(LONGEST_LIFE));
        boolean terminal = !body.path("force_no_tty").asBoolean(false);
        boolean attach = body.path("attach").asBoolean(false);
        Session session = new Session(app, dyno, environment, attach && terminal, Duration.ofSeconds(life));
        app.keep(dyno);
        app.log("heroku", name, "State changed from starting to up");
        if (!attach) {
            threads.execute(() -> runDetached(session));
            return new Started(dyno, Optional.empty());
        }
        String secret = UUID.randomUUID().toString().replace("-", "");
        waiting.put(secret, session);
        return new Started(
                dyno, Optional.of(URI.create("rendezvous://127.0.0.1:" + rendezvous.getLocalPort() + "/" + secret)));
    }

    /** Ends a one-off dyno; {@return false if it is none} */
    boolean stop(HostedApp.Dyno dyno) {
        boolean waited = waiting.values().removeIf(session -> {
            boolean same = session.dyno().id().equals(dyno.id());
            if (same) {
                session.app().forget(dyno);
            }
            return same;
        });
        DynoShell shell = running.get(dyno.id());
        if (shell != null) {
            shell.kill();
        }
        return waited || shell != null;
    }

    @Override
    public void close() {
        try {
            rendezvous.close();
        } catch (IOException alreadyClosed) {
            LOG.log(System.Logger.Level.DEBUG, "the rendezvous port was closed already", alreadyClosed);
        }
        running.values().forEach(DynoShell::kill);
        threads.shutdown();
        try {
            // The shells are dead; what is left is to delete their directories.
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!rendezvous.isClosed()) {
            try {
                Socket client = rendezvous.accept();
                threads.execute(() -> attach(client));
            } catch (IOException closed) {
                LOG.log(System.Logger.Level.DEBUG, "the rendezvous port stopped", closed);
            }
        }
    }

    private void attach(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            Session session = waiting.remove(secretFrom(client.getInputStream()));
            if (session != null) {
                OutputStream out = client.getOutputStream();
                // In a record of its own: the CLI throws away the whole first piece of data that it receives.
                out.write("rendezvous\r\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                OutputStream shown = session.terminal() ? new TerminalOutput(out) : out;
                run(session, shown, shell -> threads.execute(() -> pumpInput(client, shell)));
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "an attached client went away", gone);
        }
    }

    private static String secretFrom(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < LONGEST_SECRET; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Sends what the client types; closing the connection early ends the process, as on Heroku. */
    private static void pumpInput(Socket client, DynoShell shell) {
        try {
            OutputStream input = shell.input();
            InputStream typed = client.getInputStream();
            for (int next = typed.read(); next >= 0; next = typed.read()) {
                switch (next) {
                    case 0x03, 0x1C -> shell.kill();
                    case 0x04 -> closed(input);
                    default -> {
                        input.write(next);
                        input.flush();
                    }
                }
            }
        } catch (IOException ended) {
            LOG.log(System.Logger.Level.DEBUG, "the input of a dyno ended", ended);
        }
        shell.kill();
    }

    private void runDetached(Session session) {
        try (LogOutput log = new LogOutput(session.app(), session.dyno().name())) {
            run(session, log, shell -> closed(shell.input()));
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.WARNING, "a detached dyno failed", failed);
        }
    }

    private static void closed(OutputStream input) {
        try {
            input.close();
        } catch (IOException ended) {
            LOG.log(System.Logger.Level.DEBUG, "the input of a dyno ended", ended);
        }
    }

    private void run(Session session, OutputStream out, Consumer<DynoShell> started) throws IOException {
        HostedApp.Dyno dyno = session.dyno();
        SourceTree tree = new SourceTree(
                session.app().spec().repository(), session.app().current().commit());
        ManagePy.Dyno inside = new ManagePy.Dyno(tree, session.environment());
        try (DynoShell shell =
                new DynoShell(dyno.command(), session.environment(), words -> django.python(words, inside))) {
            running.put(dyno.id(), shell);
            session.app().keep(dyno.in("up"));
            started.accept(shell);
            Thread pump = StandInServer.daemon("sandbox-dyno-output", () -> pumpOutput(shell, out));
            pump.start();
            int exit = shell.serve(session.timeToLive());
            pump.join();
            session.app().log("heroku", dyno.name(), "Process exited with status " + exit);
            session.app().log("heroku", dyno.name(), "State changed from up to complete");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(dyno.id());
            session.app().forget(dyno);
        }
    }

    private static void pumpOutput(DynoShell shell, OutputStream out) {
        try (InputStream output = shell.output()) {
            byte[] buffer = new byte[8192];
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException gone) {
            shell.kill();
        }
    }
}
