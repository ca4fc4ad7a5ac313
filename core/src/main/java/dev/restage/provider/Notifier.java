package dev.restage.provider;

/** Takes messages to people: a chat channel, a file. */
public interface Notifier extends Resource {

    /**
     * Sends a message. After an unclear answer it may be sent a second time.
     *
     * @param message the message
     * @throws ProviderException if it cannot be delivered
     */
    @Writes
    void send(Message message);
}
