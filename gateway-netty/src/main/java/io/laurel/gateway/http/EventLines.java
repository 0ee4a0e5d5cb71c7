package io.laurel.gateway.http;

import java.util.Arrays;

/** Where the events of a body lie. */
final class EventLines {
    private int[] numbers = new int[16];
    private int[] offsets = new int[16];
    private int[] lengths = new int[16];
    private int count;

    /** The whole body is one event. */
    static EventLines one(int length) {
        final EventLines lines = new EventLines();
        lines.add(1, 0, length);
        return lines;
    }

    void add(int number, int offset, int length) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        numbers[count] = number;
        offsets[count] = offset;
        lengths[count] = length;
        count++;
    }

    int count() {
        return count;
    }

    /** Returns the number of the line in the body, from 1 on. */
    int number(int index) {
        return numbers[index];
    }

    int offset(int index) {
        return offsets[index];
    }

    int length(int index) {
        return lengths[index];
    }
}
