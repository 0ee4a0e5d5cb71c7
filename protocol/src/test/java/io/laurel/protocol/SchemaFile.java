package io.laurel.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What a schema file says of its templates, read without the generator. */
record SchemaFile(String name, String javaPackage, List<Template> templates,
    List<String> words) {
    /** How a field is written. */
    enum Form {
        NUMBER, ENUM, SET, CHARS, BYTES, DATA
    }

    /** One field; length in elements, choices of a set in their order. */
    record Field(int id, String name, Form form, int length, List<String> choices) {
    }

    /** One message. */
    record Template(int id, String name, List<Field> fields) {
    }

    static SchemaFile read(String name) {
        final String path = "/sbe/laurel-" + name + ".xml";
        try (InputStream in = SchemaFile.class.getResourceAsStream(path)) {
            final Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(in).getDocumentElement();
            final List<Template> templates = new ArrayList<>();
            for (final Element message : children(root, "sbe:message")) {
                final List<Field> fields = new ArrayList<>();
                for (final Element field : children(message, null)) {
                    fields.add(field(root, field));
                }
                templates.add(new Template(Integer.parseInt(message.getAttribute("id")),
                    message.getAttribute("name"), fields));
            }
            return new SchemaFile(name, root.getAttribute("package"), templates, words(root));
        } catch (final IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(path, e);
        }
    }

    /** Returns every enum and set as its name, and then each of its words with its number. */
    private static List<String> words(Element root) {
        final List<String> words = new ArrayList<>();
        for (final Element type : children(children(root, "types").get(0), null)) {
            if (type.getTagName().equals("enum") || type.getTagName().equals("set")) {
                final StringJoiner line =
                    new StringJoiner(",", type.getAttribute("name") + ' ', "");
                for (final Element word : children(type, null)) {
                    line.add(word.getAttribute("name") + '=' + word.getTextContent());
                }
                words.add(line.toString());
            }
        }
        return words;
    }

    private static Field field(Element root, Element field) {
        final int id = Integer.parseInt(field.getAttribute("id"));
        final String name = field.getAttribute("name");
        if (field.getTagName().equals("data")) {
            return new Field(id, name, Form.DATA, 0, List.of());
        }
        if (!field.getTagName().equals("field")) {
            throw new IllegalStateException("no golden bytes for a " + field.getTagName());
        }
        final Element types = children(root, "types").get(0);
        for (final Element type : children(types, null)) {
            if (type.getAttribute("name").equals(field.getAttribute("type"))) {
                final String length = type.getAttribute("length");
                final boolean chars = type.getAttribute("primitiveType").equals("char");
                return switch (type.getTagName()) {
                    case "enum" -> new Field(id, name, Form.ENUM, 1, List.of());
                    case "set" -> new Field(id, name, Form.SET, 1, children(type, "choice")
                        .stream().map(choice -> choice.getAttribute("name")).toList());
                    default -> length.isEmpty() ? new Field(id, name, Form.NUMBER, 1, List.of())
                        : new Field(id, name, chars ? Form.CHARS : Form.BYTES,
                            Integer.parseInt(length), List.of());
                };
            }
        }
        return new Field(id, name, Form.NUMBER, 1, List.of());
    }

    private static List<Element> children(Element parent, String tag) {
        final List<Element> list = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                && (tag == null || element.getTagName().equals(tag))) {
                list.add(element);
            }
        }
        return list;
    }
}
