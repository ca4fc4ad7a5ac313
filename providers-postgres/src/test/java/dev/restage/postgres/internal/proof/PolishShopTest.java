package dev.restage.postgres.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.ColumnRule;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.MaskingPolicy.Strictness;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.PlaceMask;
import dev.restage.masking.value.WholeMask;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.mask.MaskingTransform;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A shop with customers, orders and tickets, in another language than the fixture that the evidence was found with. */
class PolishShopTest {

    private static final String[] FIRST = {
        "Agnieszka", "Bartłomiej", "Grażyna", "Kazimierz", "Łucja", "Mieczysław", "Świętosława", "Żaneta", "Ewa", "Jan"
    };
    private static final String[] LAST = {
        "Brzęczyszczykiewicz",
        "Dąb-Leśniewska",
        "Gołąbek",
        "Jęczmień",
        "Krzak",
        "Ćwikła",
        "Wąs",
        "Źrebiec",
        "Lis",
        "Mróz"
    };
    private static final String[] STREETS = {"Długa", "Krakowskie Przedmieście", "Świętego Marcina", "Polna"};

    private static final String SCHEMA = """
            CREATE TABLE klienci_klient (id int, imie varchar(60), nazwisko varchar(60), email varchar(254), telefon varchar(30),
                ulica varchar(100), od date, punkty int);
            CREATE TABLE zamowienia_zamowienie (id int, numer varchar(20), klient_id int, odbiorca varchar(120), dostawa jsonb,
                uwagi text, stan varchar(20), klucz uuid, kwota numeric(10,2));
            CREATE TABLE zgloszenia_zgloszenie (id int, nadawca varchar(200), temat varchar(200), tresc text, zalacznik bytea,
                uczestnicy text[], szukaj tsvector, zrodlo varchar(20));
            CREATE TABLE oferta_produkt (id int, nazwa varchar(80), opis text, cechy jsonb, ean varchar(13));
            INSERT INTO oferta_produkt SELECT n, (ARRAY['Chleb Polny', 'Bułka Długa', 'Rogal Świętego Marcina', 'Sernik Lisa'])[n],
                '<p>Piecze Jan Krzak, tel. 22 555 01 0' || n || ', zapytaj: piekarnia@chleb.example</p>',
                '{"waga": "500 g", "alergeny": ["gluten", "jaja"]}', '590123412345' || n FROM generate_series(1, 4) n;
            """;

    private static CopiedDatabase databases;
    private static Contents contents;

    @BeforeAll
    static void load() throws SQLException {
        StringBuilder script = new StringBuilder(SCHEMA);
        for (int n = 0; n < 60; n++) {
            person(n, script);
        }
        databases = new CopiedDatabase(script.toString());
        contents = databases.contents();
    }

    @Test
    void raisesNoAlarmAboutAMaskedCopy() throws Exception {
        CopyResult.Proof result = copied(policy()).check(databases.target::target, 2, Progress.NONE);

        assertThat(result.fingerprints()).isGreaterThan(300);
        assertThat(result.columns()).isGreaterThan(10);
    }

    /**
     * Numbers, states and sources are nobody's. A cake that is called as a street is, where somebody lives, cannot be told
     * from it: such a column has to be declared as kept, which the strict way asks for anyway.
     */
    @Test
    void asksOnlyAboutTheOneColumnWithoutARuleThatSharesANameWithAnAddress() throws Exception {
        List<ColumnRule> rules = new ArrayList<>(policy().columns());
        rules.removeIf(rule -> rule.mask() instanceof WholeMask.Keep);
        rules.add(new ColumnRule(TableSelector.named("oferta_produkt"), "opis", Set.of(), Mask.keep(), null));
        Proof proof = copied(new MaskingPolicy(rules, List.of(), Strictness.LENIENT));

        assertThatThrownBy(() -> proof.check(databases.target::target, 2, Progress.NONE))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(LeakScanTest.columns(String.valueOf(failure.getMessage())))
                                .containsExactly("oferta_produkt.nazwa"));
    }

    @ParameterizedTest
    @MethodSource("masked")
    void namesAColumnWhoseRuleIsLeftOut(String column) throws Exception {
        List<ColumnRule> rules = new ArrayList<>(policy().columns());
        rules.removeIf(rule ->
                !(rule.mask() instanceof WholeMask.Keep) && rule.column().equals(column));
        Proof proof = copied(new MaskingPolicy(rules, List.of(), Strictness.LENIENT));

        assertThatThrownBy(() -> proof.check(databases.target::target, 2, Progress.NONE))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(LeakScanTest.columns(String.valueOf(failure.getMessage())))
                                .singleElement()
                                .asString()
                                .endsWith("." + column));
    }

    static Stream<String> masked() {
        return policy().columns().stream()
                .filter(rule -> !(rule.mask() instanceof WholeMask.Keep))
                .map(ColumnRule::column);
    }

    private static MaskingPolicy policy() {
        return MaskingPolicy.builder()
                .mask("klienci_klient", "imie", Mask.firstName())
                .mask("klienci_klient", "nazwisko", Mask.lastName())
                .mask("klienci_klient", "email", Mask.email("example.com"))
                .mask("klienci_klient", "telefon", Mask.phone())
                .mask("klienci_klient", "ulica", new PlaceMask.Street())
                .mask("zamowienia_zamowienie", "odbiorca", Mask.fullName())
                .mask("zamowienia_zamowienie", "dostawa", Mask.json())
                .mask("zamowienia_zamowienie", "uwagi", Mask.freeText())
                .keep("zamowienia_zamowienie", "numer", "stan")
                .mask("zgloszenia_zgloszenie", "nadawca", Mask.email("example.com"))
                .mask("zgloszenia_zgloszenie", "temat", Mask.freeText())
                .mask("zgloszenia_zgloszenie", "tresc", Mask.freeText())
                .mask("zgloszenia_zgloszenie", "zalacznik", Mask.empty())
                .mask("zgloszenia_zgloszenie", "uczestnicy", Mask.fullName())
                .mask("zgloszenia_zgloszenie", "szukaj", Mask.hash())
                .keep("zgloszenia_zgloszenie", "zrodlo")
                .keep("oferta_*", "*")
                .build();
    }

    /** Some people have an order and a ticket, and all of them a phone in another spelling there. */
    private static void person(int n, StringBuilder script) {
        String first = FIRST[n % FIRST.length];
        String last = LAST[(n / FIRST.length * 3 + n) % LAST.length];
        String mail = "klient%02d@poczta.example".formatted(n);
        String street = "ul. %s %d/%d".formatted(STREETS[n % STREETS.length], n + 11, n % 7 + 1);
        String phone = "601 55%d 0%02d".formatted(n % 10, n);
        script.append("INSERT INTO klienci_klient VALUES (%d, '%s', '%s', '%s', '+48 %s', '%s', '1980-02-%02d', %d);%n"
                .formatted(n, first, last, mail, phone, street, n % 28 + 1, 1_000_000 + n));
        if (n % 2 == 0) {
            script.append(("INSERT INTO zamowienia_zamowienie VALUES (%d, 'ZAM/2025/%06d', %d, '%s %s',"
                            + " '{\"adres\": {\"kto\": \"%s %s\", \"ulica\": \"%s\"}, \"telefon\": \"%s\", \"paczkomat\": \"WAW%dA\"}',"
                            + " 'Proszę dzwonić pod %s, odbierze %s %s', 'wysłane', gen_random_uuid(), %d.99);%n")
                    .formatted(
                            n,
                            n,
                            n,
                            first,
                            last,
                            first,
                            last,
                            street,
                            phone,
                            n,
                            phone.replace(" ", "-"),
                            first,
                            last,
                            n));
        }
        if (n % 3 == 0) {
            String text = "Dzień dobry, paczka nie doszła. Pozdrawiam, %s %s, %s".formatted(first, last, street);
            script.append(("INSERT INTO zgloszenia_zgloszenie VALUES (%d, '%s', 'Reklamacja: %s %s', '%s',"
                            + " convert_to('Umowa: %s %s, %s', 'UTF8'), ARRAY['%s %s', 'Obsługa Sklepu'],"
                            + " to_tsvector('simple', '%s'), 'formularz');%n")
                    .formatted(n, mail, first, last, text, first, last, mail, first, last, text));
        }
    }

    private static Proof copied(MaskingPolicy policy) throws Exception {
        databases.empty();
        Proof proof = Proof.start(new CopyOptions(policy, Secret.of("key")), contents, Proof.Texts.ALIKE);
        databases.copy(
                contents,
                proof.watch(
                        new MaskingTransform(policy.resolve(contents.shape()), MaskKey.of("key"), proof::replaced)));
        return proof;
    }
}
