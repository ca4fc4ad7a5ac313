package dev.restage.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** Git's smart HTTP protocol on JGit. Source: git's {@code Documentation/gitprotocol-http.txt}. */
final class GitOverHttp implements HttpHandler {

    private static final Pattern PATH =
            Pattern.compile("/([\\w.-]+/[\\w.-]+?)(?:\\.git)?/(info/refs|git-upload-pack|git-receive-pack)");
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";

    private final Path directory;
    private final String token;
    private final List<PushListener> listeners;

    GitOverHttp(Path directory, String token, List<PushListener> listeners) {
        this.directory = directory.normalize();
        this.token = token;
        this.listeners = listeners;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // The git program waits for ever when an answer starts before its request was read to the end.
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!authorized(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"sandbox git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            Path bare =
                    path.matches() ? directory.resolve(path.group(1) + ".git").normalize() : directory;
            if (!path.matches() || !bare.startsWith(directory) || !Files.isDirectory(bare)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            try (Repository repository =
                    new FileRepositoryBuilder().setGitDir(bare.toFile()).build()) {
                answer(exchange, path.group(1), path.group(2), repository, body);
            }
        }
    }

    private void answer(HttpExchange exchange, String name, String action, Repository repository, byte[] body)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (action.equals("info/refs")) {
            String service = String.valueOf(exchange.getRequestURI().getQuery()).replace("service=", "");
            if (!service.equals(UPLOAD) && !service.equals(RECEIVE)) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            advertise(exchange, name, service, repository, out);
            send(exchange, "application/x-%s-advertisement".formatted(service), out);
            return;
        }
        InputStream in = new ByteArrayInputStream(body);
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            in = new GZIPInputStream(in);
        }
        if (action.equals(UPLOAD)) {
            upload(exchange, repository).upload(in, out, null);
        } else {
            receive(name, repository).receive(in, out, null);
        }
        send(exchange, "application/x-%s-result".formatted(action), out);
    }

    private void advertise(
            HttpExchange exchange, String name, String service, Repository repository, ByteArrayOutputStream out)
            throws IOException {
        PacketLineOut lines = new PacketLineOut(out);
        lines.writeString("# service=" + service + "\n");
        lines.end();
        PacketLineOutRefAdvertiser advertiser = new PacketLineOutRefAdvertiser(lines);
        if (service.equals(UPLOAD)) {
            upload(exchange, repository).sendAdvertisedRefs(advertiser);
        } else {
            receive(name, repository).sendAdvertisedRefs(advertiser);
        }
    }

    private static UploadPack upload(HttpExchange exchange, Repository repository) {
        UploadPack upload = new UploadPack(repository);
        upload.setBiDirectionalPipe(false);
        @Nullable String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            upload.setExtraParameters(List.of(protocol.split(":")));
        }
        return upload;
    }

    private ReceivePack receive(String name, Repository repository) {
        ReceivePack receive = new ReceivePack(repository);
        receive.setBiDirectionalPipe(false);
        receive.setPostReceiveHook((pack, commands) -> tell(name, commands));
        return receive;
    }

    private void tell(String name, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            for (PushListener listener : listeners) {
                listener.onPush(name, command.getRefName(), command.getNewId().name());
            }
        }
    }

    private boolean authorized(HttpExchange exchange) {
        @Nullable String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return false;
        }
        try {
            String pair = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
            byte[] given = pair.substring(pair.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void send(HttpExchange exchange, String type, ByteArrayOutputStream content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, content.size() == 0 ? -1 : content.size());
        content.writeTo(exchange.getResponseBody());
    }
}
