package dev.restage.sandbox.vendor.internal;

/** Ends a route at once with the vendor's error reply. */
public final class Refusal extends RuntimeException {

    private final transient VendorReply reply;

    public Refusal(VendorReply reply) {
        super("answered " + reply.status(), null, false, false);
        this.reply = reply;
    }

    public VendorReply reply() {
        return reply;
    }
}
