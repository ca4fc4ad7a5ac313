package dev.restage.engine;

import dev.restage.provider.GuardException;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a resource that may only be read: a call marked {@link Writes} is refused. A second line of defence: the
 * plan's checks come first, but a step of somebody else's making cannot slip past this one.
 */
final class Guard implements InvocationHandler {

    private final Object guarded;
    private final @Nullable String refusal;

    private Guard(Object guarded, @Nullable String refusal) {
        this.guarded = guarded;
        this.refusal = refusal;
    }

    /**
     * Guards a resource.
     *
     * @param resource the resource
     * @param refusal why nothing may be written, as the message of the exception
     * @return an object with the same roles
     */
    static Resource readOnly(Resource resource, String refusal) {
        return proxy(resource, refusal);
    }

    /** {@return an object with the same roles that may be written, and that sees through a guard it is handed} */
    static Resource writable(Resource resource) {
        return proxy(resource, null);
    }

    private static Resource proxy(Resource resource, @Nullable String refusal) {
        return (Resource) Proxy.newProxyInstance(
                resource.getClass().getClassLoader(),
                roles(resource.getClass()).toArray(Class<?>[]::new),
                new Guard(resource, refusal));
    }

    /** {@return the roles that a class plays} */
    static Set<Class<?>> roles(Class<?> type) {
        return interfaces(type).stream()
                .filter(Resource.class::isAssignableFrom)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            found.addAll(List.of(at.getInterfaces()));
        }
        return found;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (refusal != null && method.isAnnotationPresent(Writes.class)) {
            throw new GuardException(refusal + " (" + method.getName() + " was called)");
        }
        if (method.getName().equals("close") && method.getParameterCount() == 0) {
            return null;
        }
        Object result = call(guarded, method, arguments);
        return refusal == null ? result : handedOut(result, refusal);
    }

    /** What a resource hands out writes where the resource writes: it is guarded as the resource is. */
    private static @Nullable Object handedOut(@Nullable Object result, String refusal) {
        if (result instanceof Optional<?> optional) {
            return optional.map(value -> handedOut(value, refusal));
        }
        if (result == null || result instanceof Resource || !writes(result.getClass())) {
            return result;
        }
        Set<Class<?>> all = interfaces(result.getClass());
        return Proxy.newProxyInstance(
                result.getClass().getClassLoader(), all.toArray(Class<?>[]::new), new Guard(result, refusal));
    }

    private static boolean writes(Class<?> type) {
        return interfaces(type).stream()
                .flatMap(one -> Arrays.stream(one.getMethods()))
                .anyMatch(method -> method.isAnnotationPresent(Writes.class));
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
