package dev.restage.run;

import dev.restage.provider.PlanException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A receipt as JSON. */
final class ReceiptFormat {

    /** Raised when the form changes; older forms stay readable. */
    private static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private record Written(int format, Receipt receipt) {}

    private ReceiptFormat() {}

    static String write(Receipt receipt) {
        return MAPPER.writeValueAsString(new Written(VERSION, receipt));
    }

    static Receipt read(String json) {
        try {
            Written written = MAPPER.readValue(json, Written.class);
            if (written == null) {
                throw new PlanException("the receipt cannot be read: it says null");
            }
            if (written.format() != VERSION) {
                throw new PlanException("this receipt has the format " + written.format() + " and this library reads "
                        + VERSION + ": use a newer library");
            }
            RunId.checked(written.receipt().runId());
            return written.receipt();
        } catch (JacksonException e) {
            throw new PlanException("the receipt cannot be read: " + e.getOriginalMessage());
        }
    }
}
