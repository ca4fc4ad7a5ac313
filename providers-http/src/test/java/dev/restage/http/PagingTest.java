package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    private static final String NEXT = "https://api.test/repos?page=3";

    private final RestRequest request =
            RestRequest.get("repos").header("Accept", "x").accepting(404);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<https://api.test/repos?page=3>; rel=\"next\"",
                "<https://api.test/repos?page=3>;rel=next",
                "<https://api.test/repos?page=3>; title=\"more\"; rel=\"next\"",
                "<https://api.test/repos?page=1>; rel=\"prev\", <https://api.test/repos?page=3>; rel=\"next\"",
                "<https://api.test/repos?page=3>; rel=\"next\", <https://api.test/repos?page=9>; rel=\"last\""
            })
    void followsTheLinkThatIsCalledNext(String link) {
        assertThat(next(link).map(RestRequest::path)).contains(NEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<https://api.test/repos?page=1>; rel=\"first\", <https://api.test/repos?page=1>; rel=\"prev\"",
                "<https://api.test/next>; rel=\"last\"",
                "next"
            })
    void endsWhereNoLinkIsCalledSo(String link) {
        assertThat(next(link)).isEmpty();
    }

    @Test
    void endsWithoutLinks() {
        assertThat(Paging.byLink().next(request, new RestResponse("api", request, 200, Map.of(), "[]")))
                .isEmpty();
    }

    @Test
    void theNextRequestIsLikeTheOneBefore() {
        RestRequest next = next("<" + NEXT + ">; rel=\"next\"").orElseThrow();

        assertThat(next.method()).isEqualTo("GET");
        assertThat(next.headers()).containsEntry("Accept", "x");
        assertThat(next.accepts(404)).isTrue();
        assertThat(next.isRepeatable()).isTrue();
    }

    private Optional<RestRequest> next(String link) {
        return Paging.byLink().next(request, new RestResponse("api", request, 200, Map.of("link", link), "[]"));
    }
}
