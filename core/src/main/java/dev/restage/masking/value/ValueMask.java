package dev.restage.masking.value;

import dev.restage.masking.value.MaskTarget.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Masks for values that have a form of their own. */
public sealed interface ValueMask extends Mask {

    /** Why a mask for numbers cannot work on a column. */
    private static Optional<String> numberProblem(MaskTarget target) {
        if (target.unique()) {
            return Optional.of("cannot keep values different, and the column is unique");
        }
        return target.shape() == Shape.INTEGER
                        || target.shape() == Shape.NUMBER
                        || target.shape().isText()
                ? Optional.empty()
                : Optional.of("works on numbers only");
    }

    /**
     * A number of a range, with as many decimals as the value has.
     *
     * @param from the least
     * @param to the greatest
     */
    record Range(BigDecimal from, BigDecimal to) implements ValueMask {

        /**
         * Checks the order.
         *
         * @param from the least
         * @param to the greatest
         */
        public Range {
            if (from.compareTo(to) > 0) {
                throw new IllegalArgumentException("a range goes from the least to the greatest: " + from + " " + to);
            }
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            int scale = Math.max(0, decimal(value).scale());
            BigInteger width = to.subtract(from)
                    .setScale(scale, RoundingMode.DOWN)
                    .unscaledValue()
                    .add(BigInteger.ONE);
            BigInteger step = BigInteger.valueOf(key.number("range", value)).mod(width);
            return from.setScale(scale, RoundingMode.CEILING)
                    .add(new BigDecimal(step, scale))
                    .min(to.setScale(scale, RoundingMode.FLOOR))
                    .toPlainString();
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return numberProblem(target);
        }
    }

    /**
     * Another number near the value, with its sign and as many digits.
     *
     * @param percent how far away at most, 1 to 100
     */
    record Jitter(int percent) implements ValueMask {

        /**
         * Checks the bounds.
         *
         * @param percent how far away at most
         */
        public Jitter {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("a number moves by 1 to 100 percent, not " + percent);
            }
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            BigDecimal number = decimal(value);
            long part = (key.number("jitter", value) % 2001 - 1000) * percent;
            BigDecimal way = number.multiply(BigDecimal.valueOf(part, 5));
            BigDecimal moved = number.add(way).setScale(number.scale(), RoundingMode.HALF_UP);
            @Nullable BigInteger limit = Digits.limit(target, number.signum() < 0);
            boolean fits = moved.precision() <= number.precision()
                    && (limit == null || moved.toBigInteger().abs().compareTo(limit) <= 0);
            // where there is no room away from zero, there is as much towards it
            return (fits ? moved : number.subtract(way).setScale(number.scale(), RoundingMode.HALF_UP)).toPlainString();
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return numberProblem(target);
        }
    }

    /**
     * Another number with as many digits, with its sign, its decimals and its exponent: for telephone numbers, and for ids
     * of people. Different numbers stay different, and equal ones equal however they are written. What is no number
     * ({@code NaN}) stays, and so does zero.
     */
    record Digits() implements ValueMask {

        private static final Pattern NUMBER = Pattern.compile("([+-]?0*)(\\d*)(?:(\\.)(\\d*))?([eE][+-]?\\d+)?");

        /** Enough for halves to depend on each other in all digits. */
        private static final int ROUNDS = 6;

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            Matcher number = NUMBER.matcher(value);
            if (!number.matches()) {
                return value;
            }
            String fraction = Objects.requireNonNullElse(number.group(4), "");
            int scale = stripped(fraction);
            String all = number.group(2) + fraction.substring(0, scale);
            int zeros = leadingZeros(all);
            if (zeros == all.length()) {
                return value;
            }
            String masked = "0".repeat(zeros)
                    + other(all.substring(zeros), scale > 0, limit(target, value.startsWith("-")), key);
            int point = number.group(2).length();
            return number.group(1)
                    + masked.substring(0, point)
                    + Objects.requireNonNullElse(number.group(3), "")
                    + masked.substring(point)
                    + fraction.substring(scale)
                    + Objects.requireNonNullElse(number.group(5), "");
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.shape() == Shape.INTEGER || target.shape() == Shape.NUMBER
                    ? Optional.empty()
                    : Optional.of("works on numbers only");
        }

        /** How many digits a number has, without its exponent. */
        static int count(String number) {
            int digits = 0;
            for (int i = 0; i < number.length() && Character.toLowerCase(number.charAt(i)) != 'e'; i++) {
                digits += Character.isDigit(number.charAt(i)) ? 1 : 0;
            }
            return digits;
        }

        /**
         * A permutation of the numbers with as many digits that are allowed here: those that are not are gone through until
         * one is.
         */
        private static String other(String digits, boolean decimal, @Nullable BigInteger limit, MaskKey key) {
            BigInteger upper = BigInteger.TEN.pow(digits.length() - digits.length() / 2);
            BigInteger lower = BigInteger.TEN.pow(digits.length() / 2);
            BigInteger least = BigInteger.TEN.pow(digits.length() - 1);
            BigInteger at = new BigInteger(digits);
            boolean fits = limit == null || at.compareTo(limit) <= 0;
            do {
                at = permuted(at, upper, lower, key);
            } while (at.compareTo(least) < 0
                    || (limit != null && fits && at.compareTo(limit) > 0)
                    || (decimal && at.mod(BigInteger.TEN).signum() == 0));
            return at.toString();
        }

        /** A Feistel network on decimal halves. Source: NIST SP 800-38G, section 5, without its limits of length. */
        private static BigInteger permuted(BigInteger number, BigInteger upper, BigInteger lower, MaskKey key) {
            BigInteger left = number.divide(lower);
            BigInteger right = number.mod(lower);
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 2 == 0) {
                    left = left.add(mixed(round, right, key)).mod(upper);
                } else {
                    right = right.add(mixed(round, left, key)).mod(lower);
                }
            }
            return left.multiply(lower).add(right);
        }

        private static BigInteger mixed(int round, BigInteger half, MaskKey key) {
            return new BigInteger(1, key.digest("digits " + round, half.toString()));
        }

        /** The greatest number that the type takes, where its digits alone do not say so. */
        private static @Nullable BigInteger limit(MaskTarget target, boolean negative) {
            long most = switch (target.shape() == Shape.INTEGER ? target.maxLength() : 0) {
                case 4 -> Short.MAX_VALUE;
                case 9 -> Integer.MAX_VALUE;
                case 18 -> Long.MAX_VALUE;
                default -> 0;
            };
            return most == 0 ? null : BigInteger.valueOf(most).add(negative ? BigInteger.ONE : BigInteger.ZERO);
        }

        private static int stripped(String fraction) {
            int length = fraction.length();
            while (length > 0 && fraction.charAt(length - 1) == '0') {
                length--;
            }
            return length;
        }

        private static int leadingZeros(String digits) {
            int zeros = 0;
            while (zeros < digits.length() && digits.charAt(zeros) == '0') {
                zeros++;
            }
            return zeros;
        }
    }

    /** The number that a value is; zero for those that are none, such as {@code NaN}. */
    private static BigDecimal decimal(String value) {
        try {
            return new BigDecimal(value.strip());
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    /**
     * Another day, at most so many days before or after; the time of day stays. {@code infinity} stays. Of numbers, those
     * that write a day ({@code 19800229}) become another day, and others are masked as {@link Digits} does it.
     *
     * @param days how many days at most, at least 1
     */
    record DateShift(int days) implements ValueMask {

        private static final Pattern DAY = Pattern.compile("(\\d{4,})-(\\d\\d)-(\\d\\d)(.*?)( BC)?", Pattern.DOTALL);

        /**
         * Checks the bound.
         *
         * @param days how many days at most
         */
        public DateShift {
            if (days < 1) {
                throw new IllegalArgumentException("a date moves by one day or more, not " + days);
            }
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (target.shape() == Shape.INTEGER || target.shape() == Shape.NUMBER) {
                return number(value, target, key);
            }
            Matcher day = DAY.matcher(value);
            if (!day.matches()) {
                return target.shape().isText() ? new TextMask.FreeText().apply(value, target, key) : value;
            }
            LocalDate shifted;
            try {
                shifted = shifted(date(day), value.substring(0, day.end(3)), key);
            } catch (DateTimeException | NumberFormatException e) {
                // digits in the form of a day that no calendar has: only text holds them
                return new TextMask.FreeText().apply(value, target, key);
            }
            boolean before = shifted.getYear() < 1;
            return "%04d-%s%s%s"
                    .formatted(
                            before ? 1 - shifted.getYear() : shifted.getYear(),
                            DateTimeFormatter.ofPattern("MM-dd").format(shifted),
                            day.group(4),
                            before ? " BC" : "");
        }

        private static LocalDate date(Matcher day) {
            int year = Integer.parseInt(day.group(1));
            return LocalDate.of(
                    day.group(5) == null ? year : 1 - year,
                    Integer.parseInt(day.group(2)),
                    Integer.parseInt(day.group(3)));
        }

        private LocalDate shifted(LocalDate day, String written, MaskKey key) {
            long number = key.number("day", written);
            long shift = number % days + 1;
            return day.plusDays(((number >>> 32) & 1) == 0 ? shift : -shift);
        }

        private String number(String value, MaskTarget target, MaskKey key) {
            return day(value)
                    .map(day -> shifted(day, day.toString(), key).format(DateTimeFormatter.BASIC_ISO_DATE))
                    .orElseGet(() -> new Digits().apply(value, target, key));
        }

        /**
         * {@return the day that a number of eight digits writes, of the last centuries or the next; empty if it writes none}
         *
         * @param value the number
         */
        public static Optional<LocalDate> day(String value) {
            if (!value.matches("(?:1[6-9]|2[01])\\d{6}")) {
                return Optional.empty();
            }
            try {
                return Optional.of(LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            if (target.unique()) {
                return Optional.of("cannot keep values different, and the column is unique");
            }
            return target.shape() == Shape.DATE
                            || target.shape() == Shape.TIMESTAMP
                            || target.shape() == Shape.INTEGER
                            || target.shape() == Shape.NUMBER
                            || target.shape().isText()
                    ? Optional.empty()
                    : Optional.of("works on dates only");
        }
    }

    /** A UUID that stands for the value. */
    record Uuid() implements ValueMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            ByteBuffer digest = ByteBuffer.wrap(key.digest("uuid", value));
            // version 4 and the variant of RFC 9562, section 5.4
            return new UUID(
                            (digest.getLong() & 0xffffffffffff0fffL) | 0x4000L,
                            (digest.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L)
                    .toString();
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.shape() == Shape.UUID
                    ? Optional.empty()
                    : target.textProblem(36).or(() -> target.lengthProblem(36));
        }
    }

    /** An address of a private network, of the same kind as the value: {@code 10.x.x.x} or {@code fd00::/8}. */
    record Ip() implements ValueMask {

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            int slash = value.indexOf('/');
            String network = slash < 0 ? "" : value.substring(slash);
            boolean six = value.indexOf(':') >= 0;
            byte[] address = Arrays.copyOf(key.digest("ip", value), six ? 16 : 4);
            address[0] = (byte) (six ? 0xfd : 10);
            if (target.shape() == Shape.CIDR) {
                clear(address, slash < 0 ? address.length * 8 : Integer.parseInt(network.substring(1)));
            }
            return target.fit((six ? six(address) : four(address)) + network);
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            if (target.unique()) {
                return Optional.of("cannot keep values different, and the column is unique");
            }
            return target.shape() == Shape.INET || target.shape() == Shape.CIDR
                    ? Optional.empty()
                    : target.textProblem(0).or(() -> target.lengthProblem(39));
        }

        /** Clears the bits behind the network's, as the type cidr insists. */
        private static void clear(byte[] address, int bits) {
            for (int i = bits; i < address.length * 8; i++) {
                address[i / 8] &= (byte) ~(0x80 >>> (i % 8));
            }
        }

        private static String four(byte[] address) {
            return "%d.%d.%d.%d".formatted(address[0] & 0xff, address[1] & 0xff, address[2] & 0xff, address[3] & 0xff);
        }

        private static String six(byte[] address) {
            StringBuilder text = new StringBuilder(39);
            for (int i = 0; i < address.length; i += 2) {
                text.append(i == 0 ? "" : ":")
                        .append(Integer.toHexString(((address[i] & 0xff) << 8) | (address[i + 1] & 0xff)));
            }
            return text.toString();
        }
    }
}
