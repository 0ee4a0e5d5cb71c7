package io.laurel.replay;

import io.laurel.engine.ResultCode;
import org.agrona.DirectBuffer;

/**
 * A command of the log and what became of it; a view that moves on with the replay. One that the
 * log passes (semantics 1.6) shows as what was applied in its place.
 */
public final class LoggedCommand {
    private long sequence;
    private long timeNs;
    private int templateId;
    private int version;
    private int blockLength;
    private DirectBuffer buffer;
    private int offset;
    private int length;
    private int resultCode;
    private long resultValue;

    LoggedCommand of(long atSequence, long atTimeNs, int template, int schemaVersion, int block,
        DirectBuffer body, int bodyOffset, int bodyLength) {
        sequence = atSequence;
        timeNs = atTimeNs;
        templateId = template;
        version = schemaVersion;
        blockLength = block;
        buffer = body;
        offset = bodyOffset;
        length = bodyLength;
        return this;
    }

    void became(int code, long value) {
        resultCode = code;
        resultValue = value;
    }

    /** Returns the place in the log, from 1 on. */
    public long sequence() {
        return sequence;
    }

    /** Returns the log time, ns since the Unix epoch. */
    public long timeNs() {
        return timeNs;
    }

    /** Returns the template of the storage schema. */
    public int templateId() {
        return templateId;
    }

    /** Returns the version of the storage schema. */
    public int version() {
        return version;
    }

    /** Returns the block length of the body in bytes. */
    public int blockLength() {
        return blockLength;
    }

    /** Returns what holds the body. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Returns the first byte of the body in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** Returns the bytes of the body. */
    public int length() {
        return length;
    }

    /** Returns the outcome. */
    public ResultCode result() {
        return ResultCode.of(resultCode);
    }

    /** Returns what goes with the outcome, such as the sequence that a duplicate repeats. */
    public long resultValue() {
        return resultValue;
    }
}
