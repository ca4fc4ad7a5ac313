package dev.restage.heroku;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads the file in which command-line tools keep logins. */
final class Netrc {

    private Netrc() {}

    /** {@return the password of a machine; empty if there is no file or no entry for the machine} */
    static Optional<Secret> password(Path file, String machine) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return password(
                    List.of(Files.readString(file).strip().split("\\s+")).iterator(), machine);
        } catch (IOException e) {
            throw new ProviderException(Kind.DENIED, "%s cannot be read: make it a text file".formatted(file), e);
        }
    }

    private static Optional<Secret> password(Iterator<String> words, String machine) {
        boolean wanted = false;
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("machine") && words.hasNext()) {
                wanted = words.next().equals(machine);
            } else if (word.equals("default")) {
                wanted = false;
            } else if (word.equals("login") && words.hasNext()) {
                words.next();
            } else if (word.equals("password") && words.hasNext()) {
                String password = words.next();
                if (wanted) {
                    return Optional.of(Secret.of(password));
                }
            }
        }
        return Optional.empty();
    }
}
