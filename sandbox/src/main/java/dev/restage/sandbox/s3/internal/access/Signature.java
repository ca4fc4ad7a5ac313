package dev.restage.sandbox.s3.internal.access;

import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.internal.http.UrlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What a request says of its signature, version 4; in its header or in its query. */
record Signature(
        String keyId, String date, String region, String service, String time, String signedHeaders, String value) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** A request whose time is further off than this is refused. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    /** Signing keys are good for a day and cost four rounds of HMAC. */
    private static final Map<String, byte[]> SIGNING_KEYS = new ConcurrentHashMap<>();

    static Signature of(S3Request request) {
        Optional<String> header = request.header("authorization");
        if (header.isPresent()) {
            return inHeader(request, header.get());
        }
        if (request.asks("X-Amz-Algorithm")) {
            return inQuery(request);
        }
        throw S3Error.denied("Access Denied");
    }

    private static Signature inHeader(S3Request request, String header) {
        if (!header.startsWith(ALGORITHM + " ")) {
            throw S3Error.invalid(
                    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
        }
        Map<String, String> parts = new TreeMap<>();
        StringTokenizer tokens = new StringTokenizer(header.substring(ALGORITHM.length()), ", ");
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            int equals = token.indexOf('=');
            if (equals > 0) {
                parts.put(token.substring(0, equals), token.substring(equals + 1));
            }
        }
        String time = request.header("x-amz-date")
                .orElseThrow(() -> S3Error.denied("AWS authentication requires a valid Date or x-amz-date header"));
        Instant sent = instant(time);
        if (Duration.between(sent, Instant.now()).abs().compareTo(SKEW) > 0) {
            throw new S3Error(
                    403,
                    "RequestTimeTooSkewed",
                    "The difference between the request time and the current time is too large.");
        }
        return of(
                parts.getOrDefault("Credential", ""),
                time,
                parts.getOrDefault("SignedHeaders", ""),
                parts.getOrDefault("Signature", ""));
    }

    private static Signature inQuery(S3Request request) {
        String time = request.parameter("X-Amz-Date").orElse("");
        if (instant(time).plus(life(request)).isBefore(Instant.now())) {
            throw S3Error.denied("Request has expired");
        }
        return of(
                request.parameter("X-Amz-Credential").orElse(""),
                time,
                request.parameter("X-Amz-SignedHeaders").orElse(""),
                request.parameter("X-Amz-Signature").orElse(""));
    }

    private static Duration life(S3Request request) {
        try {
            return Duration.ofSeconds(
                    Integer.parseInt(request.parameter("X-Amz-Expires").orElse("0")));
        } catch (NumberFormatException e) {
            throw new S3Error(400, "AuthorizationQueryParametersError", "X-Amz-Expires should be a number");
        }
    }

    private static Signature of(String credential, String time, String signedHeaders, String value) {
        List<String> scope = new ArrayList<>();
        StringTokenizer parts = new StringTokenizer(credential, "/");
        while (parts.hasMoreTokens()) {
            scope.add(parts.nextToken());
        }
        if (scope.size() != 5 || !scope.get(4).equals("aws4_request") || !time.startsWith(scope.get(1))) {
            throw new S3Error(
                    400,
                    "AuthorizationHeaderMalformed",
                    "The authorization header is malformed; the Credential is mal-formed; expecting"
                            + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        }
        return new Signature(scope.get(0), scope.get(1), scope.get(2), scope.get(3), time, signedHeaders, value);
    }

    /** Compares what was sent with what the secret makes of the request. */
    void check(S3Request request, String secret, String payload) {
        String canonical = canonical(request, payload);
        String toSign = "%s\n%s\n%s\n%s"
                .formatted(ALGORITHM, time, scope(), Hashes.sha256(canonical.getBytes(StandardCharsets.ISO_8859_1)));
        byte[] right = sign(secret, toSign).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(right, value.getBytes(StandardCharsets.US_ASCII))) {
            throw mismatch()
                    .detail("AWSAccessKeyId", keyId)
                    .detail("StringToSign", toSign)
                    .detail("SignatureProvided", value)
                    .detail("CanonicalRequest", canonical);
        }
    }

    static S3Error mismatch() {
        return new S3Error(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and"
                        + " signing method.");
    }

    String sign(String secret, String toSign) {
        byte[] signingKey = SIGNING_KEYS.computeIfAbsent(String.join("/", secret, date, region, service), name -> {
            byte[] ofDate = Hashes.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date);
            return Hashes.hmac(Hashes.hmac(Hashes.hmac(ofDate, region), service), "aws4_request");
        });
        return Hashes.hex(Hashes.hmac(signingKey, toSign));
    }

    String scope() {
        return String.join("/", date, region, service, "aws4_request");
    }

    private String canonical(S3Request request, String payload) {
        StringBuilder text = new StringBuilder(512)
                .append(request.method())
                .append('\n')
                .append(UrlText.path(request.path()))
                .append('\n');
        TreeMap<String, String> query = new TreeMap<>();
        request.query().forEach((name, value) -> query.put(UrlText.component(name), UrlText.component(value)));
        query.remove("X-Amz-Signature");
        String and = "";
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            text.append(and).append(parameter.getKey()).append('=').append(parameter.getValue());
            and = "&";
        }
        text.append('\n');
        StringTokenizer names = new StringTokenizer(signedHeaders, ";");
        while (names.hasMoreTokens()) {
            String name = names.nextToken();
            text.append(name).append(':');
            collapse(request.header(name).orElse(""), text);
            text.append('\n');
        }
        return text.append('\n')
                .append(signedHeaders)
                .append('\n')
                .append(payload)
                .toString();
    }

    /** Spaces at the ends do not count, and several in a row count as one. */
    private static void collapse(String value, StringBuilder out) {
        int start = out.length();
        boolean gap = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ') {
                gap = out.length() > start;
            } else {
                if (gap) {
                    out.append(' ');
                }
                out.append(c);
                gap = false;
            }
        }
    }

    private static Instant instant(String time) {
        try {
            return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw S3Error.denied("AWS authentication requires a valid Date or x-amz-date header");
        }
    }
}
