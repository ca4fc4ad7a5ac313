package dev.restage.sandbox.vendor.internal;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A request on its way to a route: what was sent, and what the route's pattern found in the path. */
public record VendorRequest(RecordedRequest sent, Map<String, String> parameters) {

    private static final String BASIC = "Basic ";

    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(sent.headers().get(name));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(form(sent.query()).get(name));
    }

    public int number(String name, int otherwise) {
        return query(name)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    public JsonNode json() {
        return Json.parse(sent.body());
    }

    /** {@return the token of {@code Bearer}, {@code token} or the password of {@code Basic}; empty if none was sent} */
    public Optional<String> token() {
        return header("authorization").map(VendorRequest::tokenOf);
    }

    private static String tokenOf(String authorization) {
        if (authorization.startsWith(BASIC)) {
            String pair = decodeBase64(authorization.substring(BASIC.length()));
            return pair.substring(pair.indexOf(':') + 1);
        }
        return authorization.substring(authorization.indexOf(' ') + 1);
    }

    public static String decodeBase64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    public static Map<String, String> form(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(text.split("&", -1)).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        });
        return values;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
