package dev.restage.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which thing an address really names, as the thing itself says: two addresses can be one database. The parts go from
 * the whole to the detail, so that a bucket overlaps each prefix in it and a zone each of its hosts.
 *
 * @param kind what it is, in words: {@code database}, {@code bucket}, {@code branch}
 * @param parts from the whole to the detail: system identifier and oid; bucket and path segments; repository and branch
 */
public record Identity(String kind, List<String> parts) {

    /** So many links Linux follows one after the other. */
    private static final int LINKS = 40;

    /**
     * Copies the parts.
     *
     * @param kind what it is, in words
     * @param parts from the whole to the detail, at least one
     */
    public Identity {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("an identity needs a part");
        }
    }

    /**
     * Makes an identity.
     *
     * @param kind what it is, in words
     * @param parts from the whole to the detail, at least one
     * @return the identity
     */
    public static Identity of(String kind, String... parts) {
        return new Identity(kind, List.of(parts));
    }

    /**
     * Makes the identity of a domain with all hosts in it, such as the zone of a cache. It overlaps each of these hosts,
     * and each domain in it.
     *
     * @param name such as {@code acme.example}
     * @return the identity
     */
    public static Identity domain(String name) {
        List<String> labels =
                new ArrayList<>(List.of(name.toLowerCase(Locale.ROOT).split("\\.", -1)));
        Collections.reverse(labels);
        return new Identity("web host", labels);
    }

    /**
     * Makes the identity of one host, and of none in the domain of its name.
     *
     * @param name such as {@code www.acme.example}, or an IP address
     * @return the identity
     */
    public static Identity host(String name) {
        return domain(name).part(".");
    }

    /**
     * Makes the identity of a file or folder of this machine, by its real path; of what is not there yet, by the real path of the
     * folder that it would lie in. It overlaps the folders around it, and what lies in it.
     *
     * @param path where it is
     * @return the identity
     * @throws ProviderException {@code DENIED} if the path cannot be followed
     */
    public static Identity file(Path path) {
        try {
            Path real = real(path.toAbsolutePath().normalize(), LINKS);
            List<String> parts = new ArrayList<>(List.of(String.valueOf(real.getRoot())));
            real.forEach(name -> parts.add(name.toString()));
            return new Identity("file", parts);
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.DENIED,
                    "%s cannot be followed: check that the folders before it may be read".formatted(path),
                    e);
        }
    }

    /** Who writes to a link that leads nowhere makes what it names. */
    private static Path real(Path path, int links) throws IOException {
        Path folder = path.getParent();
        if (Files.exists(path) || folder == null) {
            return path.toRealPath();
        }
        if (Files.isSymbolicLink(path)) {
            if (links == 0) {
                throw new FileSystemLoopException(path.toString());
            }
            return real(folder.resolve(Files.readSymbolicLink(path)).normalize(), links - 1);
        }
        return real(folder, links).resolve(path.getFileName());
    }

    /**
     * {@return one spelling for a host: {@code localhost} for each name and address of this machine, else the name in small letters}
     *
     * @param host a name, or an IP address in any spelling; names are looked up
     */
    public static String hostName(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null) {
                return "localhost";
            }
        } catch (UnknownHostException | SocketException e) {
            // Whoever connects to it says so.
        }
        return host.toLowerCase(Locale.ROOT);
    }

    /**
     * {@return whether two hosts are one machine, as far as their names can be looked up now: they share an address}
     *
     * @param one a name, or an IP address in any spelling
     * @param other a name, or an IP address in any spelling
     */
    public static boolean sameHost(String one, String other) {
        if (hostName(one).equals(hostName(other))) {
            return true;
        }
        try {
            Set<InetAddress> shared = new HashSet<>(List.of(InetAddress.getAllByName(one)));
            shared.retainAll(List.of(InetAddress.getAllByName(other)));
            return !shared.isEmpty();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Makes the identity of a part of this.
     *
     * @param part what distinguishes it from other parts
     * @return the identity
     */
    public Identity part(String part) {
        List<String> all = new ArrayList<>(parts);
        all.add(part);
        return new Identity(kind, all);
    }

    /**
     * {@return whether writing to one of the two may change the other: same thing, or one is a part of the other}
     *
     * @param other the other identity
     */
    public boolean overlaps(Identity other) {
        int shared = Math.min(parts.size(), other.parts.size());
        return kind.equals(other.kind) && parts.subList(0, shared).equals(other.parts.subList(0, shared));
    }

    /**
     * {@return whether another thing is a part of this one, and not this one itself}
     *
     * @param other the other identity
     */
    public boolean holds(Identity other) {
        return overlaps(other) && parts.size() < other.parts.size();
    }

    @Override
    public String toString() {
        return kind + " " + String.join("/", parts);
    }
}
