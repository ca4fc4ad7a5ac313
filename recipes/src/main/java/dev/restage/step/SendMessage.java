package dev.restage.step;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import dev.restage.provider.ProviderException;

/**
 * Tells people what was done, from the facts of the run. A message that cannot be delivered is a warning: it does not
 * undo a good reset.
 *
 * @param notifier where the message goes: {@code webhook:SLACK_WEBHOOK_URL}
 * @param title one line, with places for facts of the form <code>{{step.fact}}</code>
 * @param text the body, likewise; a line that asks for a missing fact is left out
 */
public record SendMessage(Address notifier, String title, String text) implements Step {

    private static final String SENT = "sent";

    @Override
    public Access access() {
        return Access.NONE.telling(notifier);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(notifier, Notifier.class);
        return Decision.of(new Change(notifier, "get the message \"" + title + "\""))
                .note("it says, each line if what it states was recorded: "
                        + text.strip().replaceAll("\\R", System.lineSeparator() + "      "));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        Message message =
                new Message(context.facts().fill(title), context.facts().fill(text));
        if (!context.kept(SENT).isPresent()) {
            send(context, message);
        }
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return context.kept(SENT).isEmpty() ? WayBack.NOTHING : WayBack.none("the message was sent");
    }

    private void send(StepContext context, Message message) {
        try {
            context.use(notifier, Notifier.class).send(message);
            context.keep(SENT, () -> "yes");
            context.fact("message", message.title() + "\n" + message.text());
        } catch (ProviderException e) {
            context.warn("the message \"%s\" was not delivered: %s".formatted(message.title(), e.getMessage()));
        }
    }
}
