package dev.restage.github;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server that gives prepared answers: each once in order, the last one again and again. */
final class GitHubAnswers implements AutoCloseable {

    private final MockWebServer server = new MockWebServer();
    private final Map<String, Deque<MockResponse>> answers = new ConcurrentHashMap<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    GitHubAnswers() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                String path = request.getTarget().replaceAll("\\?.*", "");
                Deque<MockResponse> prepared = answers.get(request.getMethod() + " " + path);
                if (prepared == null) {
                    return new MockResponse.Builder()
                            .code(404)
                            .body("{\"message\":\"Not Found\"}")
                            .build();
                }
                synchronized (prepared) {
                    return prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst();
                }
            }
        });
        server.start();
    }

    String url() {
        return server.url("/").toString().replaceAll("/$", "");
    }

    GitHubAnswers on(String methodAndPath, int status, String body) {
        return on(
                methodAndPath,
                new MockResponse.Builder().code(status).body(body).build());
    }

    GitHubAnswers on(String methodAndPath, MockResponse answer) {
        answers.computeIfAbsent(methodAndPath, key -> new ArrayDeque<>()).add(answer);
        return this;
    }

    List<RecordedRequest> requests(String method, String pathEnd) {
        return requests.stream()
                .filter(request -> method.equals(request.getMethod())
                        && request.getTarget().replaceAll("\\?.*", "").endsWith(pathEnd))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
