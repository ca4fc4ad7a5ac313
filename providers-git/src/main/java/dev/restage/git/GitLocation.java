package dev.restage.git;

import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/**
 * Where a repository is.
 *
 * @param uri a path of this machine, or an http(s) URL
 */
record GitLocation(URIish uri) {

    /**
     * Reads a path, a {@code file:} URL, or an http(s) URL.
     *
     * @throws IllegalArgumentException if the text is none of these, or holds a password
     */
    static GitLocation of(String text) {
        try {
            URIish uri = new URIish(text);
            if (uri.getPass() != null) {
                throw new IllegalArgumentException(
                        "the URL of a git repository holds a password; addresses are shown in"
                                + " logs, so put it into the variable GIT_PASSWORD");
            }
            boolean local = uri.getHost() == null
                    && (uri.getScheme() == null || uri.getScheme().equals("file"));
            boolean web = uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getPort() != 0
                    && uri.getPort() < 65_536;
            if ((!local && !web) || uri.getPath() == null) {
                throw new IllegalArgumentException(
                        "not a path and not an http(s) URL of a git repository: " + text + "; ssh is not supported");
            }
            return new GitLocation(uri);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a path and not an http(s) URL of a git repository: " + text, e);
        }
    }

    /** Reads the location of {@code git:<path or URL>#<branch>}. */
    static GitLocation of(Address address) {
        return of(address.path());
    }

    /** The URL without a user; only of what is not local. */
    URI url() {
        try {
            return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not an http(s) URL of a git repository: " + this, e);
        }
    }

    boolean isLocal() {
        return !uri.isRemote();
    }

    /** The directory of a repository on this machine that holds its objects, whether bare or with a working tree. */
    Path directory() {
        Path path = Path.of(uri.getPath()).toAbsolutePath().normalize();
        File found = RepositoryCache.FileKey.resolve(path.toFile(), FS.DETECTED);
        return found == null ? path : found.toPath();
    }

    /**
     * One spelling for all addresses of this repository: host and path without scheme, user, default port, {@code .git}
     * and capitals, one name for this machine, or the real path. Capitals matter to few servers, and taking two repositories for one is the safe
     * mistake.
     */
    String canonical() {
        if (isLocal()) {
            try {
                return directory().toRealPath().toString();
            } catch (IOException e) {
                throw new ProviderException(
                        Kind.NOT_FOUND, "there is no git repository at " + this + "; check the address", e);
            }
        }
        int port = uri.getPort();
        boolean usual = port < 0 || port == ("https".equals(uri.getScheme()) ? 443 : 80);
        return Identity.hostName(uri.getHost()) + (usual ? "" : ":" + port) + "/" + path();
    }

    /**
     * Whether this and another location can be of one repository although their canonical names differ: one path on two names of
     * one server, or at two of its ports; a folder of this machine and a URL of this machine that ends in its name.
     */
    boolean mayBe(GitLocation other) {
        if (isLocal() && other.isLocal()) {
            return false; // Real paths tell for certain.
        }
        if (isLocal() || other.isLocal()) {
            GitLocation folder = isLocal() ? this : other;
            GitLocation url = isLocal() ? other : this;
            return Identity.hostName(url.uri.getHost()).equals("localhost")
                    && folder.name().equals(url.name());
        }
        return path().equals(other.path()) && Identity.sameHost(uri.getHost(), other.uri.getHost());
    }

    /** The last part of the path, without {@code .git}; of a repository in a working tree the folder's. */
    private String name() {
        String path = path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String path() {
        String path = isLocal() ? Path.of(canonical()).toString().replace('\\', '/') : uri.getPath();
        return path.replaceAll("/{2,}", "/").replaceAll("^/|(/?\\.git)?/?$", "").toLowerCase(Locale.ROOT);
    }

    /** As messages show it. */
    @Override
    public String toString() {
        return isLocal() ? uri.getPath() : uri.setUser(null).toString();
    }
}
