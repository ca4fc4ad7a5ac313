package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.WayBack.Kind;
import dev.restage.provider.Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ways in which a step can be undone, or not. */
class WayBackTest {

    private static final Change CHANGE = new Change(Address.of("fake:a"), "hold old again");

    @Test
    void saysWhetherItIsOpen() {
        assertThat(WayBack.NOTHING).returns(Kind.NOTHING, WayBack::kind).returns(List.of(), WayBack::changes);
        assertThat(WayBack.none("it was sent"))
                .returns(Kind.NONE, WayBack::kind)
                .returns("it was sent", WayBack::why);
        assertThat(WayBack.of(CHANGE, context -> {}))
                .returns(Kind.OPEN, WayBack::kind)
                .returns(List.of(CHANGE), WayBack::changes)
                .returns(false, WayBack::whole);
        assertThat(WayBack.afterwards(CHANGE, context -> {})).returns(Kind.AFTERWARDS, WayBack::kind);
    }

    @Test
    void putsBackTheWholeOfAResourceOrWhatOthersChangedThere() {
        assertThat(WayBack.whole(CHANGE, context -> {}))
                .returns(Kind.OPEN, WayBack::kind)
                .returns(true, WayBack::whole);
        assertThat(WayBack.ofOthers(CHANGE, context -> {}))
                .returns(Kind.OTHERS, WayBack::kind)
                .returns(true, WayBack::whole);
    }

    @Test
    void actsOnlyWhenItIsTold() {
        List<String> done = new ArrayList<>();
        WayBack way = WayBack.of(CHANGE, context -> done.add("put back"));
        assertThat(done).isEmpty();

        way.act().accept(new NoContext());
        WayBack.NOTHING.act().accept(new NoContext());
        WayBack.none("no").act().accept(new NoContext());

        assertThat(done).containsExactly("put back");
    }

    @Test
    void losesWhatPeopleHaveDoneSince() {
        List<String> work = new ArrayList<>(List.of("commit a1"));
        WayBack way = WayBack.whole(CHANGE, context -> {}).losing(work);
        work.clear();

        assertThat(way.lost()).containsExactly("commit a1");
        assertThat(way).returns(Kind.OPEN, WayBack::kind).returns(true, WayBack::whole);
        assertThat(WayBack.of(CHANGE, context -> {}).lost()).isEmpty();
    }

    @Test
    void anAnswerIsYesOrNo() {
        assertThat(Holds.when(true)).isEqualTo(Holds.YES);
        assertThat(Holds.when(false)).isEqualTo(Holds.NO);
    }
}
