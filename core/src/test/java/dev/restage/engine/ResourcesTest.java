package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.GuardException;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Register;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How addresses become resources. */
class ResourcesTest {

    private static final Message HELLO = new Message("hello", "to all");

    private final List<String> events = new ArrayList<>();
    private final Map<String, Provider<ResourceFactory>> factories = new TreeMap<>();
    private final Resources resources = new Resources(factories);

    ResourcesTest() {
        factories.put("box", () -> {
            events.add("factory");
            return ResourceFactory.of(AddressForm.of("size").with("lid", "open", "shut"), Box::new);
        });
        factories.put("mail", () -> ResourceFactory.of(AddressForm.of(), Mailbox::new));
    }

    @Test
    void opensEachAddressOnce() {
        Resource one = resources.open(Address.of("box:a"));

        assertThat(resources.open(Address.of("box:a"))).isSameAs(one);
        assertThat(resources.open(Address.of("box:a?size=2"))).isNotSameAs(one);
        assertThat(events).containsOnlyOnce("open a").contains("open a?size=2");
    }

    @Test
    void makesNoFactoryThatNoAddressNeeds() {
        resources.open(Address.of("mail:ann"));

        assertThat(events).isEmpty();
    }

    @Test
    void opensAResourceAnewThatCouldNotBeOpened() {
        assertThatThrownBy(() -> resources.open(Address.of("box:broken")))
                .isInstanceOf(ProviderException.class)
                .hasMessage("broken is away");

        assertThatThrownBy(() -> resources.open(Address.of("box:broken"))).isInstanceOf(ProviderException.class);
        assertThat(events).filteredOn("open broken"::equals).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bax:a | no provider serves the scheme of bax:a: did you mean box:a?; the installed ones serve [box, mail]",
                "url:box:a | no provider serves the scheme of url:box:a: did you mean box:a?; the installed ones serve [box, mail]",
                "nothing:a | no provider serves the scheme of nothing:a; the installed ones serve [box, mail]",
                "box:a?sise=2 | the address box:a?sise=2 cannot be used: no parameter of the scheme box is called \"sise\": did you mean \"size\"?",
                "box:a?lid=opne | the address box:a?lid=opne cannot be used: \"lid\" is open or shut, and not \"opne\": did you mean \"open\"?",
                "box:odd | the address box:odd cannot be used: a box has an even name",
                "mail:ann?x=1 | the address mail:ann?x=1 cannot be used: no parameter of the scheme mail is called \"x\"; it takes none"
            })
    void saysInASentenceWhyAnAddressCannotBeUsed(String address, String sentence) {
        assertThatThrownBy(() -> resources.open(Address.of(address)))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void saysSoWhereNothingIsInstalled() {
        assertThatThrownBy(() -> new Resources(Map.of()).open(Address.of("box:a")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the installed ones serve []: add the provider's module to the class path");
    }

    @Test
    void tellsAMissingSecretAsItWasToldAndAnythingElseAsItIs() {
        factories.put("vault", () -> {
            throw new ProvisionException("no", new PlanException("the variable TOKEN is not set"));
        });
        factories.put("bug", () -> {
            throw new ProvisionException("no", new IllegalStateException("a bug"));
        });

        assertThatThrownBy(() -> resources.open(Address.of("vault:a")))
                .isInstanceOf(PlanException.class)
                .hasMessage("the variable TOKEN is not set");
        assertThatThrownBy(() -> resources.open(Address.of("bug:a")))
                .isInstanceOf(ProvisionException.class)
                .hasRootCauseMessage("a bug");
    }

    @Test
    void checksAllAddressesAndOpensNone() {
        assertThatCode(() -> resources.check(List.of(Address.of("box:a"), Address.of("mail:ann"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> resources.check(
                        List.of(Address.of("nope:a"), Address.of("box:fine"), Address.of("box:a?sise=1"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("nope:a")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .asString()
                        .contains("box:a?sise=1"));
        assertThat(events).noneMatch(event -> event.startsWith("open"));
    }

    @Test
    void saysWhichRolesAResourceHasInsteadOfTheOneThatIsAskedFor() {
        assertThatThrownBy(() -> resources.openToRead(Address.of("box:a"), Notifier.class))
                .isInstanceOf(PlanException.class)
                .hasMessage("box:a cannot be used as a Notifier: it is a Lockable; name another address");
        assertThatThrownBy(() -> resources.openToWrite(Address.of("mail:ann"), Lockable.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("it is a Notifier");
    }

    @Test
    void whatIsOpenedToBeReadRefusesToWriteAndWhatIsOpenedToWriteWrites() {
        Address ann = Address.of("mail:ann");

        assertThatThrownBy(() -> resources.openToRead(ann, Notifier.class).send(HELLO))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("mail:ann was opened to be read")
                .hasMessageContaining("openToWrite");
        resources.openToWrite(ann, Notifier.class).send(HELLO);

        assertThat(events).containsExactly("ann: hello");
    }

    @Test
    void closesAllThatIsOpenOnce() {
        resources.open(Address.of("box:a"));
        resources.open(Address.of("box:b"));

        resources.close();
        resources.close();

        assertThat(events).containsOnlyOnce("close a", "close b");
    }

    @Test
    void closesTheOthersWhenOneCannotBeClosedAndTellsOfAllThatCannot() {
        resources.open(Address.of("box:stuck"));
        resources.open(Address.of("box:stuck2"));
        resources.open(Address.of("box:a"));

        assertThatThrownBy(resources::close)
                .isInstanceOf(IllegalStateException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

        assertThat(events).contains("close a");
        assertThatCode(resources::close).doesNotThrowAnyException();
    }

    private final class Box implements Lockable {

        private final String name;

        Box(Address address) {
            name = address.rest();
            if (name.equals("odd")) {
                throw new IllegalArgumentException("a box has an even name");
            }
            events.add("open " + name);
            if (name.equals("broken")) {
                throw new ProviderException(Kind.UNAVAILABLE, name + " is away", null);
            }
        }

        @Override
        public Identity identity() {
            return Identity.of("box", name);
        }

        @Override
        public Register register() {
            return new NoRegister();
        }

        @Override
        public void close() {
            if (name.startsWith("stuck")) {
                throw new IllegalStateException(name);
            }
            events.add("close " + name);
        }
    }

    private final class Mailbox implements Notifier {

        private final String name;

        Mailbox(Address address) {
            name = address.rest();
        }

        @Override
        public Identity identity() {
            return Identity.of("mailbox", name);
        }

        @Override
        public void send(Message message) {
            events.add(name + ": " + message.title());
        }
    }
}
