package dev.restage.masking.value;

import dev.restage.masking.value.WholeMask.Json.At;

/** What masks make of numbers in JSON: numbers again, wherever that can be. */
final class JsonNumber {

    /** Shorter ones tell nobody, as long as no rule names their place. */
    private static final int FEWEST_DIGITS = 7;

    private static final ValueMask.Digits DIGITS = new ValueMask.Digits();

    private JsonNumber() {}

    /** The number masked as its rule says, as JSON. */
    static String masked(String number, At rule, MaskKey key) {
        Mask mask = rule.mask();
        if (mask instanceof WholeMask whole) {
            return whole(number, whole);
        }
        if (mask instanceof ValueMask.Range || mask instanceof ValueMask.Jitter) {
            return String.valueOf(mask.apply(number, MaskTarget.TEXT, key));
        }
        if (rule.path().equals("$") && ValueMask.Digits.count(number) < FEWEST_DIGITS) {
            return number;
        }
        if (mask instanceof TextMask.Replace && number.equals(mask.apply(number, MaskTarget.TEXT, key))) {
            return number;
        }
        return DIGITS.apply(number, MaskTarget.TEXT, key);
    }

    private static String whole(String number, WholeMask mask) {
        if (mask instanceof WholeMask.Null) {
            return "null";
        }
        if (mask instanceof WholeMask.Empty) {
            return "0";
        }
        if (mask instanceof WholeMask.Constant constant) {
            return constant.text().matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")
                    ? constant.text()
                    : '"' + JsonText.escaped(constant.text()) + '"';
        }
        return number;
    }
}
