package dev.restage.engine;

import dev.restage.provider.GuardException;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a resource that may only be read: a call marked {@link Writes} is refused, and so is one of a role that returns
 * nothing and is told nobody to report to, as it can only be there for what it does. Whatever a call hands out is guarded in
 * turn, alone or in something that holds it, such as a list, a stream or a supplier. A second line of defence: the plan's checks
 * come first, but a step of somebody else's making cannot slip past this one.
 */
final class Guard implements InvocationHandler {

    private final Object guarded;
    private final @Nullable String refusal;
    private final Runnable beforeWrites;

    private Guard(Object guarded, @Nullable String refusal, Runnable beforeWrites) {
        this.guarded = guarded;
        this.refusal = refusal;
        this.beforeWrites = beforeWrites;
    }

    /**
     * Guards a resource.
     *
     * @param resource the resource
     * @param refusal why nothing may be written, as the message of the exception
     * @return an object with the same roles
     */
    static Resource readOnly(Resource resource, String refusal) {
        return proxy(resource, refusal, () -> {});
    }

    /** {@return an object with the same roles that may be written, and that sees through a guard it is handed} */
    static Resource writable(Resource resource) {
        return writable(resource, () -> {});
    }

    /**
     * The same, with something to be done before each call that writes.
     *
     * @param beforeWrites throws if it may not be written any more
     */
    static Resource writable(Resource resource, Runnable beforeWrites) {
        return proxy(resource, null, beforeWrites);
    }

    private static Resource proxy(Resource resource, @Nullable String refusal, Runnable beforeWrites) {
        return (Resource) Proxy.newProxyInstance(
                resource.getClass().getClassLoader(),
                roles(resource.getClass()).toArray(Class<?>[]::new),
                new Guard(resource, refusal, beforeWrites));
    }

    /** {@return the roles that a class plays} */
    static Set<Class<?>> roles(Class<?> type) {
        return interfaces(type).stream()
                .filter(Resource.class::isAssignableFrom)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            found.addAll(List.of(at.getInterfaces()));
        }
        return found;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (guarded instanceof Resource && method.getName().equals("close") && method.getParameterCount() == 0) {
            return null;
        }
        if (refusal == null) {
            if (writes(method)) {
                beforeWrites.run();
            }
            return call(guarded, method, arguments);
        }
        if (writes(method)) {
            throw new GuardException(refusal + " (" + method.getName() + " was called)");
        }
        return HandedOut.guarded(call(guarded, method, arguments), refusal);
    }

    private static boolean writes(Method method) {
        return isMarked(method) || returnsNothing(method) || isRemoval(method);
    }

    /** A role that makes another's method anew need not repeat its mark. */
    private static boolean isMarked(Method method) {
        return method.isAnnotationPresent(Writes.class)
                || Arrays.stream(method.getDeclaringClass().getInterfaces())
                        .flatMap(role -> Arrays.stream(role.getMethods()))
                        .anyMatch(other -> other.getName().equals(method.getName())
                                && Arrays.equals(other.getParameterTypes(), method.getParameterTypes())
                                && isMarked(other));
    }

    /** A method of a role that neither answers nor reports to somebody, and is not marked, may have been forgotten. */
    private static boolean returnsNothing(Method method) {
        return method.getReturnType() == void.class
                && Resource.class.isAssignableFrom(method.getDeclaringClass())
                && Arrays.stream(method.getParameterTypes()).noneMatch(Class::isInterface);
    }

    private static boolean isRemoval(Method method) {
        return method.getDeclaringClass() == Iterator.class && method.getName().equals("remove");
    }

    /** Guards what a resource hands out with all its interfaces. */
    static Object handedOut(Object result, String refusal) {
        return Proxy.newProxyInstance(
                result.getClass().getClassLoader(),
                interfaces(result.getClass()).toArray(Class<?>[]::new),
                new Guard(result, refusal, () -> {}));
    }

    /** {@return the resource itself, for a provider that is handed a guarded one to read from} */
    static @Nullable Object unguarded(@Nullable Object value) {
        return value != null
                        && Proxy.isProxyClass(value.getClass())
                        && Proxy.getInvocationHandler(value) instanceof Guard guard
                ? guard.guarded
                : value;
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        @Nullable Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
        for (int i = 0; i < unwrapped.length; i++) {
            unwrapped[i] = unguarded(unwrapped[i]);
        }
        try {
            return method.invoke(target, unwrapped);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
