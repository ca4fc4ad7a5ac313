package dev.restage.masking;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers that a value of any type is made of: elements of arrays, bounds of ranges, coordinates, amounts of money. */
final class WrittenNumbers {

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

    /** An amount of money, as the server's locale writes it. Source: its documentation, "Monetary Types". */
    private static final Pattern GROUPED = Pattern.compile(
            "[^\\d{}]{0,5}(\\d{1,3}([,.' \u00a0\u202f])\\d{3}(?:\\2\\d{3})+)(?:[.,]\\d\\d)?[^\\d{}]{0,5}");

    /** As many hours as no span of time has. */
    private static final Pattern SPAN = Pattern.compile("-?(\\d{5,}):(\\d\\d):(\\d\\d)(?:\\.\\d+)?");

    /** More bits than a number of nine digits has, and no more than a number of eight bytes. */
    private static final Pattern BITS = Pattern.compile("[01]{30,63}");

    private WrittenNumbers() {}

    /** The numbers as digits, without signs, and with decimals perhaps. */
    static List<String> in(String value) {
        Matcher grouped = GROUPED.matcher(value);
        if (grouped.matches()) {
            return List.of(grouped.group(1).replaceAll("\\D", ""));
        }
        Matcher span = SPAN.matcher(value);
        if (span.matches()) {
            return List.of(new BigInteger(span.group(1))
                    .multiply(BigInteger.valueOf(60))
                    .add(new BigInteger(span.group(2)))
                    .multiply(BigInteger.valueOf(60))
                    .add(new BigInteger(span.group(3)))
                    .toString());
        }
        if (BITS.matcher(value).matches()) {
            return List.of(new BigInteger(value, 2).toString());
        }
        List<String> numbers = new ArrayList<>();
        for (Matcher number = NUMBER.matcher(value); number.find(); ) {
            numbers.add(number.group());
        }
        return numbers;
    }
}
