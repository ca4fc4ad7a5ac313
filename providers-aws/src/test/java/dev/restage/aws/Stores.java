package dev.restage.aws;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import dev.restage.provider.Address;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Server;
import java.util.Map;
import java.util.Objects;

/** Opens stores as the engine does. */
final class Stores {

    private Stores() {}

    static MediaStore open(Module module, Map<String, String> variables, String address) {
        Module values = new AbstractModule() {
            @Override
            protected void configure() {
                bind(Variables.class).toInstance(Variables.of(variables));
            }
        };
        Map<String, ResourceFactory> factories = Guice.createInjector(module, values)
                .getInstance(Key.get(new TypeLiteral<Map<String, ResourceFactory>>() {}));
        Address parsed = Address.of(address);
        ResourceFactory factory = Objects.requireNonNull(factories.get(parsed.scheme()));
        factory.form().check(parsed);
        return (MediaStore) factory.open(parsed);
    }

    static Map<String, String> variables(S3Server server) {
        return Map.of(
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", server.accessKey(),
                "AWS_SECRET_ACCESS_KEY", server.secretKey());
    }
}
