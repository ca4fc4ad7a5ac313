package dev.restage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract against an implementation with a fault, and tells which of its tests turn red. */
final class SeededFaults implements ParameterResolver {

    private static final String FAULT = "dev.restage.testkit.fault";

    /** The tests of a contract: how many ran, and which failed. */
    record Outcome(int tests, Set<String> failed) {}

    SeededFaults() {}

    /**
     * Runs a contract.
     *
     * @param contract its subclass, whose constructor takes the name of the fault
     * @param fault the name
     */
    static Outcome run(Class<?> contract, String fault) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .configurationParameter(FAULT, fault)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        Red red = new Red();
        LauncherFactory.create().execute(request, red);
        return new Outcome(red.tests, red.failed);
    }

    /** Each test of the contract has a fault that turns it red, so that none is there for show. */
    static void assertEachTestIsProved(Class<?> contract, Map<String, String> testsByFault) {
        Set<String> tests = new TreeSet<>();
        for (var method : contract.getDeclaredMethods()) {
            if (method.isAnnotationPresent(org.junit.jupiter.api.Test.class)) {
                tests.add(method.getName());
            }
        }
        assertThat(new TreeSet<>(testsByFault.values())).isEqualTo(tests);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == String.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getConfigurationParameter(FAULT).orElseThrow();
    }

    private static final class Red implements TestExecutionListener {

        private final Set<String> failed = new TreeSet<>();
        private int tests;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                tests++;
            }
            if (result.getStatus() != Status.SUCCESSFUL) {
                failed.add(test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> ((MethodSource) source).getMethodName())
                        .orElse(test.getDisplayName()));
            }
        }
    }
}
