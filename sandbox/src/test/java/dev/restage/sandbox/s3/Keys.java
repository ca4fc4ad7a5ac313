package dev.restage.sandbox.s3;

import java.util.List;

/** Keys that some tool or other stumbles over. */
final class Keys {

    /** In the order of S3. */
    static final List<String> AWKWARD = List.of(
            "\u0001control",
            " leading blank",
            "../up",
            "/leading slash",
            "//two",
            "a",
            "a b+c%20#;?&=.jpg",
            "a!x",
            "a/./b",
            "a//b",
            "a/b",
            "a/../b",
            "emoji \uD83D\uDE00",
            "folder/",
            "new\nline",
            "quote\"'<&>",
            "trailing blank ",
            "\u00e9",
            "\uFF5E full width");

    private Keys() {}

    static String longest() {
        return "l/" + "\u00e9".repeat(511);
    }
}
