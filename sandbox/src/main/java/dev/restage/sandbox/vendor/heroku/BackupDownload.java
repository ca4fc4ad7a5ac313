package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The store behind a backup's public URL, as S3 answers: the URL is the credential, and a part can be asked for. */
final class BackupDownload implements StandInServer.Route {

    private static final Pattern FROM = Pattern.compile("bytes=(\\d+)-");

    private final Transfers transfers;
    private final URI origin;

    BackupDownload(Transfers transfers, URI origin) {
        this.transfers = transfers;
        this.origin = origin;
    }

    @Override
    public VendorReply answer(VendorRequest request) {
        if (request.header("authorization").isPresent()) {
            return error(400, "InvalidArgument", "Only one auth mechanism allowed");
        }
        String url = "%s%s?%s"
                .formatted(origin, request.sent().path(), request.sent().query());
        Optional<byte[]> archive = transfers.archive(url);
        if (archive.isEmpty()) {
            return error(403, "AccessDenied", "Request has expired");
        }
        byte[] body = archive.get();
        String version = "\"%s\"".formatted(Ids.hex(request.sent().path()));
        Matcher from = FROM.matcher(request.header("range").orElse(""));
        boolean part =
                from.matches() && request.header("if-range").orElse(version).equals(version);
        int start = part ? Math.min(Integer.parseInt(from.group(1)), body.length) : 0;
        Map<String, String> headers = Map.of("Content-Type", "binary/octet-stream", "ETag", version);
        VendorReply reply = new VendorReply(part ? 206 : 200, headers, Arrays.copyOfRange(body, start, body.length));
        return part
                ? reply.with("Content-Range", "bytes %d-%d/%d".formatted(start, body.length - 1, body.length))
                : reply;
    }

    private static VendorReply error(int status, String code, String message) {
        return VendorReply.text(
                status,
                "application/xml",
                "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message));
    }
}
