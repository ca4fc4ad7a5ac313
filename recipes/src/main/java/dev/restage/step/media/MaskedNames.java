package dev.restage.step.media;

import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.TextMask;
import dev.restage.media.KeyNames;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import java.util.List;
import java.util.Objects;

/**
 * Media objects whose file names are masked, as {@link TextMask.FileName} masks the columns that name them. With the key
 * of the database's copy both sides come to the same names.
 *
 * @param folders the folders of these objects: {@code documents/}
 * @param keyVariable the variable that holds the masking key
 */
public record MaskedNames(List<String> folders, String keyVariable) {

    private static final TextMask.FileName MASK = new TextMask.FileName();

    /**
     * Copies the list.
     *
     * @param folders the folders of these objects
     * @param keyVariable the variable that holds the masking key
     */
    public MaskedNames {
        folders = List.copyOf(folders);
    }

    KeyNames of(StepContext context, Address media) {
        MaskKey key = MaskKey.of(context.secret(keyVariable, "to mask the names of files on their way to " + media)
                .reveal());
        return new KeyNames(folders, name -> Objects.requireNonNull(MASK.apply(name, MaskTarget.TEXT, key)));
    }
}
