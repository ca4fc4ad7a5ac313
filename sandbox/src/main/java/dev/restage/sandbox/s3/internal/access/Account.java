package dev.restage.sandbox.s3.internal.access;

/** The account that owns everything. */
public final class Account {

    public static final String ID = "111122223333";
    public static final String CANONICAL_ID = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

    private Account() {}
}
