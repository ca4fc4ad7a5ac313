package dev.restage.aws;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.util.function.Function;

/**
 * Serves media in S3: {@code s3://bucket/prefix}, with the optional parameters {@code endpoint} (the URL of a server other
 * than Amazon's, or {@code aws} for Amazon's where the variables name another), {@code style=host} for such a server that
 * wants the bucket in the name of the host, {@code region}, {@code profile},
 * {@code keyVariable} with {@code secretVariable} (the names of the variables that hold a key pair),
 * {@code requestPayer=requester} for a bucket whose readers pay, and {@code owner}, the account that must own the bucket.
 * A sync that copies by jobs of S3 Batch Operations also needs {@code batchRole}, the ARN of the role of the jobs, and
 * {@code batchBucket}, where manifests and reports lie; or the variables {@code RESTAGE_S3_BATCH_ROLE} and
 * {@code RESTAGE_S3_BATCH_BUCKET}.
 */
public final class AwsModule extends AbstractModule implements ProviderModule {

    /** The scheme of media in S3. */
    public static final String SCHEME = "s3";

    private static final AddressForm FORM = AddressForm.of(
                    "endpoint",
                    "region",
                    "profile",
                    "keyVariable",
                    "secretVariable",
                    "owner",
                    "batchRole",
                    "batchBucket")
            .with("style", "path", "host")
            .with("requestPayer", "requester");

    private final Function<Variables, AwsConfig> config;

    /** Reads its configuration from the variables, when the first address needs it. */
    public AwsModule() {
        this.config = AwsConfig::from;
    }

    /**
     * Uses a given configuration.
     *
     * @param config how to reach S3
     */
    public AwsModule(AwsConfig config) {
        this.config = variables -> config;
    }

    @ProvidesIntoMap
    @StringMapKey(SCHEME)
    @Singleton
    ResourceFactory buckets(Variables variables) {
        return ResourceFactory.of(
                FORM,
                address -> new S3MediaStore(
                        S3Location.of(address),
                        new S3Access(config.apply(variables).with(address, variables)),
                        S3BatchSettings.of(address, variables)));
    }
}
