package dev.restage.sandbox.vendor;

/** Ends a route at once with the vendor's error reply. */
final class Refusal extends RuntimeException {

    private final transient VendorReply reply;

    Refusal(VendorReply reply) {
        super("answered " + reply.status(), null, false, false);
        this.reply = reply;
    }

    VendorReply reply() {
        return reply;
    }
}
