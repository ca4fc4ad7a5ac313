package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Of each method of a role, and of what roles hand out, somebody has decided whether it changes its resource: then it is marked
 * as writing, and whoever may only read does not get through to it. Else it is listed here.
 */
class RolesTest {

    private static final Set<String> READING = Set.of(
            "BulkCopier.begun",
            "BulkCopier.takes",
            "CachePurger.count",
            "CachePurger.supports",
            "CiServer.await",
            "CiServer.state",
            "Content.close",
            "Content.open",
            "Content.sizeBytes",
            "Database.incomplete",
            "Database.media",
            "Database.read",
            "Database.texts",
            "DatabaseSnapshotter.restored",
            "DatabaseSnapshotter.snapshots",
            "Dataset.checkCopy",
            "Dataset.describe",
            "Dataset.shape",
            "FileCleaner.filter",
            "GitHost.branch",
            "GitHost.head",
            "GitHost.rehearse",
            "GitHost.report",
            "KeyCheck.outcome",
            "KeyCheck.problem",
            "KeyCheck.remedy",
            "KnownOrigin.origin",
            "MediaCosts.copy",
            "Lockable.register",
            "MediaCosts.look",
            "MediaCosts.pass",
            "MediaCosts.sentences",
            "MediaFilter.apply",
            "MediaFilter.firstBytes",
            "MediaFilter.treatment",
            "MediaStore.bulk",
            "MediaStore.checksum",
            "MediaStore.copiesInside",
            "MediaStore.costs",
            "MediaStore.keyCheck",
            "MediaStore.list",
            "MediaStore.open",
            "MediaStore.tags",
            "MediaStore.terms",
            "PaaS.config",
            "PaaS.state",
            "PostgresDump.checkCopy",
            "PostgresDump.describe",
            "PostgresDump.open",
            "PostgresDump.shape",
            "Register.cost",
            "Register.read",
            "Resource.close",
            "Resource.companions",
            "Resource.identity",
            "Resource.mayBe",
            "WebSite.get");

    private static final Set<Class<?>> ROLES = roles();

    @Test
    void eachMethodOfARoleIsMarkedAsWritingOrListedAsReading() {
        Set<String> unmarked = new TreeSet<>();
        for (Class<?> type : handedOut()) {
            methods(type)
                    .filter(method -> type.isInterface() && !isMarked(method))
                    .forEach(method ->
                            unmarked.add(method.getDeclaringClass().getSimpleName() + "." + method.getName()));
        }

        assertThat(unmarked)
                .as(
                        "methods that nobody has decided about: mark them with @Writes, or list them here if they only read")
                .containsExactlyInAnyOrderElementsOf(READING);
    }

    @Test
    void nothingThatWritesIsHandedOutInsideOfAValue() {
        for (Class<?> type : handedOut()) {
            if (!type.isInterface()) {
                assertThat(methods(type).flatMap(method -> ours(method.getGenericReturnType())))
                        .as("what %s gives out could not be guarded", type)
                        .noneMatch(part -> methods(part).anyMatch(RolesTest::isMarked));
            }
        }
    }

    /** A role that makes another's method anew need not repeat its mark. */
    private static boolean isMarked(Method method) {
        return method.isAnnotationPresent(Writes.class)
                || Arrays.stream(method.getDeclaringClass().getInterfaces())
                        .flatMap(RolesTest::methods)
                        .anyMatch(other -> other.getName().equals(method.getName())
                                && Arrays.equals(other.getParameterTypes(), method.getParameterTypes())
                                && isMarked(other));
    }

    /** The roles, and all types of ours that a call of theirs leads to. */
    private static Set<Class<?>> handedOut() {
        Set<Class<?>> found = new LinkedHashSet<>();
        List<Class<?>> next = List.copyOf(ROLES);
        while (!next.isEmpty()) {
            found.addAll(next);
            next = next.stream()
                    .flatMap(RolesTest::methods)
                    .flatMap(method -> ours(method.getGenericReturnType()))
                    .filter(type -> !found.contains(type))
                    .distinct()
                    .toList();
        }
        return found;
    }

    private static Set<Class<?>> roles() {
        Set<Class<?>> roles = new LinkedHashSet<>();
        for (JavaClass one : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.restage")) {
            if (one.isInterface() && one.isAssignableTo(Resource.class)) {
                roles.add(one.reflect());
            }
        }
        return roles;
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge());
    }

    /** The types of ours in a type. */
    private static Stream<Class<?>> ours(Type type) {
        if (type instanceof Class<?> one) {
            return one.isArray()
                    ? ours(one.getComponentType())
                    : Stream.<Class<?>>of(one)
                            .filter(found -> found.getName().startsWith("dev.restage.")
                                    && !found.getPackageName().contains(".internal"));
        }
        if (type instanceof ParameterizedType parameterized) {
            return Stream.concat(
                    ours(parameterized.getRawType()),
                    Arrays.stream(parameterized.getActualTypeArguments()).flatMap(RolesTest::ours));
        }
        if (type instanceof WildcardType wildcard) {
            return Arrays.stream(wildcard.getUpperBounds()).flatMap(RolesTest::ours);
        }
        return type instanceof GenericArrayType array ? ours(array.getGenericComponentType()) : Stream.of();
    }
}
