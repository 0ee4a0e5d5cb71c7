package io.laurel.engine.rules;

/** What a document describes. */
public enum DocumentKind {
    /** A contest; the kind of a document that names none. */
    CONTEST("contest"),
    /** A mission; has {@code mission_id}. */
    MISSION("mission"),
    /** A player. */
    PLAYER("player"),
    /** A table of exchange rates. */
    FX("fx");

    private final String token;

    DocumentKind(String token) {
        this.token = token;
    }

    /** Returns the name that follows {@code kind:} in a document. */
    public String token() {
        return token;
    }
}
