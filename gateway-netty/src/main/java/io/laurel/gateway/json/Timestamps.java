package io.laurel.gateway.json;

import java.time.Instant;
import java.time.chrono.IsoChronology;

/**
 * RFC 3339 timestamps with an offset, exact to the nanosecond (semantics 2). A second of 60 is
 * refused: the time scale here has no leap seconds.
 */
public final class Timestamps {
    /** What {@link #parse} returns for a text that is no timestamp; no real one has this value. */
    public static final long INVALID = Long.MIN_VALUE;

    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Timestamps() {
    }

    /** Returns ns since the Unix epoch, or {@link #INVALID}. */
    public static long parse(CharSequence text) {
        return new Reader(text, false).read();
    }

    /** As {@link #parse}, and takes a time without seconds too (ISO 8601, for operators). */
    public static long parseInstant(CharSequence text) {
        return new Reader(text, true).read();
    }

    /** Returns the time in UTC, with as many decimals as it needs. */
    public static String format(long timeNs) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NS_PER_SECOND),
            Math.floorMod(timeNs, NS_PER_SECOND)).toString();
    }

    private static final class Reader {
        private final CharSequence text;
        private final boolean secondsOptional;
        private int at;
        private boolean broken;

        Reader(CharSequence text, boolean secondsOptional) {
            this.text = text;
            this.secondsOptional = secondsOptional;
        }

        long read() {
            final int year = number(4);
            expect('-');
            final int month = number(2);
            expect('-');
            final int day = number(2);
            expectEither('T', 't');
            final int hour = number(2);
            expect(':');
            final int minute = number(2);
            int second = 0;
            long fraction = 0;
            if (!secondsOptional || peek() == ':') {
                expect(':');
                second = number(2);
                fraction = fraction();
            }
            final int offsetMinutes = offset();
            if (broken || at != text.length() || month < 1 || month > 12 || day < 1
                || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 59) {
                return INVALID;
            }
            final long seconds = (epochDay(year, month, day) * 24 + hour) * 3600
                + (minute - offsetMinutes) * 60L + second;
            return toNs(seconds, fraction);
        }

        private static long toNs(long seconds, long fraction) {
            final long high = Math.multiplyHigh(seconds, NS_PER_SECOND);
            final long low = seconds * NS_PER_SECOND;
            final boolean fits = high == low >> 63 && low <= Long.MAX_VALUE - fraction;
            return fits ? low + fraction : INVALID;
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void expect(char wanted) {
            expectEither(wanted, wanted);
        }

        private void expectEither(char one, char other) {
            final char c = peek();
            broken |= c != one && c != other;
            at++;
        }

        private int number(int digits) {
            int value = 0;
            for (int i = 0; i < digits; i++) {
                final char c = peek();
                broken |= c < '0' || c > '9';
                value = value * 10 + (c - '0');
                at++;
            }
            return value;
        }

        private long fraction() {
            if (peek() != '.') {
                return 0;
            }
            at++;
            long value = 0;
            int digits = 0;
            while (peek() >= '0' && peek() <= '9' && digits < MAX_FRACTION_DIGITS) {
                value = value * 10 + (peek() - '0');
                digits++;
                at++;
            }
            broken |= digits == 0;
            for (; digits < MAX_FRACTION_DIGITS; digits++) {
                value *= 10;
            }
            return value;
        }

        private int offset() {
            final char sign = peek();
            at++;
            if (sign == 'Z' || sign == 'z') {
                return 0;
            }
            broken |= sign != '+' && sign != '-';
            final int hours = number(2);
            expect(':');
            final int minutes = number(2);
            broken |= hours > 23 || minutes > 59;
            return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
        }

        private static int daysOf(int year, int month) {
            final boolean leap = month == 2 && IsoChronology.INSTANCE.isLeapYear(year);
            return leap ? 29 : DAYS[month - 1];
        }

        /** Days since 1970-01-01 in the proleptic Gregorian calendar, years 0 to 9999. */
        private static long epochDay(int year, int month, int day) {
            final int shifted = month <= 2 ? year - 1 : year;
            final int era = Math.floorDiv(shifted, 400);
            final int yearOfEra = shifted - era * 400;
            final int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
            final int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
            return era * 146_097L + dayOfEra - 719_468;
        }
    }
}
