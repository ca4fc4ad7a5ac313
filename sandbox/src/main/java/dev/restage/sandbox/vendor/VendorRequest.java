package dev.restage.sandbox.vendor;

import dev.restage.sandbox.internal.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A request on its way to a route: what was sent, and what the route's pattern found in the path. */
record VendorRequest(RecordedRequest sent, Map<String, String> parameters) {

    private static final String BASIC = "Basic ";

    String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(sent.headers().get(name));
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(form(sent.query()).get(name));
    }

    int number(String name, int otherwise) {
        return query(name)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    JsonNode json() {
        return Json.parse(sent.body());
    }

    /** {@return the token of {@code Bearer}, {@code token} or the password of {@code Basic}; empty if none was sent} */
    Optional<String> token() {
        return header("authorization").map(VendorRequest::tokenOf);
    }

    private static String tokenOf(String authorization) {
        if (authorization.startsWith(BASIC)) {
            String pair = decodeBase64(authorization.substring(BASIC.length()));
            return pair.substring(pair.indexOf(':') + 1);
        }
        return authorization.substring(authorization.indexOf(' ') + 1);
    }

    static String decodeBase64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    static Map<String, String> form(String text) {
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
