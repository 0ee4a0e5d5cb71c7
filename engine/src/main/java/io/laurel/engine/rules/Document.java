package io.laurel.engine.rules;

/** A document that has been read and found right. */
public sealed interface Document {
    /** Returns the id of what it describes. */
    String id();

    /** Returns what kind of thing it describes. */
    DocumentKind kind();

    /** A contest, resolved. */
    record ContestDocument(ContestDefinition definition) implements Document {
        @Override
        public String id() {
            return definition.id();
        }

        @Override
        public DocumentKind kind() {
            return DocumentKind.CONTEST;
        }
    }

    /** A mission. */
    record MissionDocument(MissionDefinition definition) implements Document {
        @Override
        public String id() {
            return definition.id();
        }

        @Override
        public DocumentKind kind() {
            return DocumentKind.MISSION;
        }
    }

    /** A player. */
    record PlayerDocument(PlayerDefinition definition) implements Document {
        @Override
        public String id() {
            return definition.id();
        }

        @Override
        public DocumentKind kind() {
            return DocumentKind.PLAYER;
        }
    }

    /** A table of exchange rates. */
    record FxDocument(FxTable table) implements Document {
        @Override
        public String id() {
            return table.id();
        }

        @Override
        public DocumentKind kind() {
            return DocumentKind.FX;
        }
    }
}
