package dev.restage.sandbox.s3.internal.operation;

/** Sizes that S3 fixes. Here they can be made small, so that tests cross them with small objects. */
public final class Limits {

    private volatile long copyBytes = 5L << 30;
    private volatile long partBytes = 5L << 20;

    /** {@return the most that one copy takes} */
    public long copyBytes() {
        return copyBytes;
    }

    public void copyBytes(long most) {
        copyBytes = most;
    }

    /** {@return the least that a part has, but for the last} */
    public long partBytes() {
        return partBytes;
    }

    public void partBytes(long least) {
        partBytes = least;
    }
}
