package dev.restage.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A letter of Word, to which parts are added. */
final class Letter {

    static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    final Map<String, byte[]> parts = new LinkedHashMap<>();

    Letter() {
        put("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>");
        relate("", "rId1", OFFICE + "officeDocument", "word/document.xml");
        body("<w:p/>");
    }

    void body(String content) {
        put(
                "word/document.xml",
                "<w:document xmlns:w='%s' xmlns:r='r'><w:body>%s</w:body></w:document>".formatted(WORD, content));
    }

    void part(String kind, String content) {
        relate("word/document.xml", "rId9", OFFICE + kind, kind + ".xml");
        put("word/" + kind + ".xml", content);
    }

    void relateOutside(String type, String target) {
        relate("word/document.xml", "rId9' TargetMode='External", type, target);
    }

    void relate(String source, String id, String type, String target) {
        int folder = source.lastIndexOf('/') + 1;
        String name = source.substring(0, folder) + "_rels/" + source.substring(folder) + ".rels";
        String before = parts.containsKey(name)
                ? new String(parts.get(name), StandardCharsets.UTF_8)
                : "<Relationships xmlns='%s'></Relationships>".formatted(RELATIONS);
        put(name, before.replace("</", "<Relationship Id='%s' Type='%s' Target='%s'/></".formatted(id, type, target)));
    }

    void put(String name, String text) {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String name, byte[] content) {
        parts.put(name, content);
    }

    byte[] zip() {
        return zip(parts);
    }

    static byte[] zip(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                if (part.getKey().equals("mimetype")) {
                    CRC32 sum = new CRC32();
                    sum.update(part.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(part.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Map<String, String> parts(byte[] file) {
        Map<String, String> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }
}
