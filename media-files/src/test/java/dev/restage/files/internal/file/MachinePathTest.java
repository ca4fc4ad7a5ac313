package dev.restage.files.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachinePathTest {

    @ParameterizedTest
    @CsvSource({
        "C:\\Users\\okafor\\Desktop\\photo.jpg, photo.jpg",
        "c:/Users/okafor/photo.jpg, photo.jpg",
        "file:///home/okafor/photo.jpg, photo.jpg",
        "FILE:///home/okafor/photo.jpg, photo.jpg",
        "file:///home/okafor/sheet.xlsx#okafor, sheet.xlsx",
        "\\\\okafor-pc\\share\\photo.jpg, photo.jpg",
        "'  C:\\Users\\okafor\\photo.jpg ', photo.jpg",
        "file:///C:%5CUsers%5Cokafor%5Cphoto.jpg, photo.jpg",
        "C:\\Users\\okafor, file",
        "file:///home/okafor/, file",
        "\\\\okafor-pc\\share\\, file",
        "file:, file",
    })
    void ofAPathTheNameOfItsFileStays(String path, String kept) {
        assertThat(MachinePath.without(path)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "photo.jpg",
                "../images/photo.jpg",
                "/images/photo.jpg",
                "https://www.example.org/photo.jpg",
                "mailto:info@example.org",
                "x://photo.jpg",
                "#part",
                "data:image/png;base64,AAAA",
                "a: b",
                "\\begin",
            })
    void whatIsNoPathOfOneMachineStays(String address) {
        assertThat(MachinePath.without(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"/home/okafor/photo.jpg, photo.jpg", "/home/okafor, file", "images/photo.jpg, images/photo.jpg"})
    void whereASlashIsTheRootOfAMachineSuchPathsGoToo(String path, String kept) {
        assertThat(MachinePath.withoutRoot(path)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "'INCLUDEPICTURE \"C:\\\\Users\\\\okafor\\\\photo.jpg\" \\d', 'INCLUDEPICTURE \"photo.jpg\" \\d'",
        "'LINK \"file:///home/okafor/sheet.xlsx\" A1', 'LINK \"sheet.xlsx\" A1'",
        "'a <\\\\pc\\share$\\okafor> b', 'a <file> b'",
        "'two \"C:\\a\\okafor.txt\" and \"D:\\b\\c.doc\"', 'two \"okafor.txt\" and \"c.doc\"'",
    })
    void withinInstructionsEachPathIsReplaced(String text, String kept) {
        assertThat(MachinePath.withoutWithin(text)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HYPERLINK \"https://www.example.org/a\"",
                "no path at all",
                "DATE \\@ \"yyyy\"",
                "see a/b: c",
            })
    void withinInstructionsAllElseStays(String text) {
        assertThat(MachinePath.withoutWithin(text)).isEqualTo(text);
    }
}
