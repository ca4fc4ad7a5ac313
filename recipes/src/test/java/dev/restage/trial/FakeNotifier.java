package dev.restage.trial;

import dev.restage.provider.Identity;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** People who read what they get. */
public final class FakeNotifier implements Notifier {

    public final List<Message> read = new CopyOnWriteArrayList<>();

    private final Changes changes;

    FakeNotifier(Changes changes) {
        this.changes = changes;
    }

    @Override
    public Identity identity() {
        return Identity.of("fake people", "people");
    }

    @Override
    public void send(Message message) {
        changes.make("send " + message.title(), () -> read.add(message));
    }
}
