package dev.restage.engine;

import dev.restage.provider.GuardException;
import dev.restage.provider.Writes;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a resource that may only be read hands out: it would write where the resource writes, so it is guarded as well. */
final class HandedOut {

    /** What of the platform yields more when it is called. */
    private static final Set<Class<?>> YIELDING = Set.of(
            Supplier.class,
            Callable.class,
            Function.class,
            BiFunction.class,
            Iterable.class,
            Iterator.class,
            Future.class,
            CompletionStage.class,
            Map.Entry.class);

    /** What becomes of values of a class; the answer for a class is the same each time, and a listing has millions of them. */
    private static final ClassValue<Way> WAYS = new ClassValue<>() {
        @Override
        protected Way computeValue(Class<?> type) {
            return way(type);
        }
    };

    private enum Way {
        PASS,
        LOOK_INSIDE,
        GUARD,
        REFUSE
    }

    private HandedOut() {}

    /**
     * Guards what a call has returned.
     *
     * @param result what the resource has returned
     * @param refusal why nothing may be written
     * @return the same, with nothing in it that can write
     * @throws GuardException if it could write and cannot be guarded
     */
    static @Nullable Object guarded(@Nullable Object result, String refusal) {
        return result == null ? null : one(result, refusal);
    }

    private static Object one(Object result, String refusal) {
        return switch (WAYS.get(result.getClass())) {
            case PASS -> result;
            case LOOK_INSIDE -> inside(result, refusal);
            case GUARD -> Guard.handedOut(result, refusal);
            case REFUSE -> throw cannotGuard(result, refusal);
        };
    }

    private static Way way(Class<?> type) {
        if (OutputStream.class.isAssignableFrom(type) || Writer.class.isAssignableFrom(type)) {
            return Way.REFUSE;
        }
        if (isAny(type, Optional.class, Stream.class, Collection.class, Map.class)
                || (type.isArray() && !type.getComponentType().isPrimitive())) {
            return Way.LOOK_INSIDE;
        }
        Set<Class<?>> interfaces = Guard.interfaces(type);
        if (interfaces.stream().anyMatch(HandedOut::writes) || (!isValue(type) && leadsOn(interfaces))) {
            return Way.GUARD;
        }
        // An interface can be stood in for, a class cannot.
        return writes(type) ? Way.REFUSE : Way.PASS;
    }

    private static boolean writes(Class<?> type) {
        return Arrays.stream(type.getMethods()).anyMatch(method -> method.isAnnotationPresent(Writes.class));
    }

    /** What people use as the class that it is, and not as a role of it. */
    private static boolean isValue(Class<?> type) {
        return type.isRecord()
                || type.isEnum()
                || isAny(type, Path.class)
                || (Modifier.isPublic(type.getModifiers()) && !isOfThePlatform(type));
    }

    private static boolean leadsOn(Set<Class<?>> interfaces) {
        return interfaces.stream().anyMatch(one -> isAny(one, YIELDING) || leadsOn(one, new HashSet<>()));
    }

    /** Whether what a type's methods return, or what these return, may write. */
    private static boolean leadsOn(Type type, Set<Type> seen) {
        if (type instanceof Class<?> one) {
            return one == Object.class
                    || writes(one)
                    || (!isOfThePlatform(one) && seen.add(one) && methodsLeadOn(one, seen));
        }
        if (type instanceof ParameterizedType parameterized) {
            return leadsOn(parameterized.getRawType(), seen)
                    || Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(part -> leadsOn(part, seen));
        }
        if (type instanceof WildcardType wildcard) {
            return leadsOn(wildcard.getUpperBounds()[0], seen);
        }
        return !(type instanceof GenericArrayType array) || leadsOn(array.getGenericComponentType(), seen);
    }

    private static boolean methodsLeadOn(Class<?> type, Set<Type> seen) {
        return !type.isEnum()
                && Arrays.stream(type.getMethods())
                        .filter(method -> method.getDeclaringClass() != Object.class)
                        .anyMatch(method -> leadsOn(method.getGenericReturnType(), seen));
    }

    private static boolean isOfThePlatform(Class<?> type) {
        return type.isPrimitive() || type.getName().startsWith("java.");
    }

    private static boolean isAny(Class<?> type, Class<?>... kinds) {
        return isAny(type, List.of(kinds));
    }

    private static boolean isAny(Class<?> type, Collection<Class<?>> kinds) {
        return kinds.stream().anyMatch(kind -> kind.isAssignableFrom(type));
    }

    private static Object inside(Object holder, String refusal) {
        if (holder instanceof Optional<?> optional) {
            return optional.map(value -> one(value, refusal));
        }
        if (holder instanceof Stream<?> stream) {
            return stream.map(value -> guarded(value, refusal));
        }
        if (holder instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((key, value) -> all.put(guarded(key, refusal), guarded(value, refusal)));
            return isOrdinary(holder, Map.class)
                    ? Collections.unmodifiableMap(all)
                    : unless(changed(map.values(), all.values()), holder, refusal);
        }
        if (holder instanceof Collection<?> collection) {
            List<@Nullable Object> all = new ArrayList<>();
            collection.forEach(value -> all.add(guarded(value, refusal)));
            if (isOrdinary(holder, Set.class)) {
                return Collections.unmodifiableSet(new LinkedHashSet<>(all));
            }
            return holder instanceof List
                    ? Collections.unmodifiableList(all)
                    : unless(changed(collection, all), holder, refusal);
        }
        Object[] array = (Object[]) holder;
        Object[] copy = array.clone();
        Arrays.setAll(copy, i -> guarded(array[i], refusal));
        return copy;
    }

    /** Not sorted: whoever is promised a sorted one would not take another. */
    private static boolean isOrdinary(Object holder, Class<?> kind) {
        return kind.isInstance(holder) && !isAny(holder.getClass(), SortedMap.class, SortedSet.class);
    }

    private static boolean changed(Collection<?> before, Collection<?> after) {
        Iterator<?> other = after.iterator();
        for (Object one : before) {
            if (one != other.next()) {
                return true;
            }
        }
        return false;
    }

    private static Object unless(boolean changed, Object holder, String refusal) {
        if (changed) {
            throw cannotGuard(holder, refusal);
        }
        return holder;
    }

    private static GuardException cannotGuard(Object result, String refusal) {
        return new GuardException("%s (it would hand out a %s, which can write and cannot be guarded)"
                .formatted(refusal, result.getClass().getSimpleName()));
    }
}
