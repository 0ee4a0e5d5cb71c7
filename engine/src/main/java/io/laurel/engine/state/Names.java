package io.laurel.engine.state;

import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The names that rounds and rules speak of beside players: each gets a reference for ever. */
public final class Names {
    private final IdDictionary brands;
    private final IdDictionary providers;
    private final IdDictionary games;
    private final IdDictionary segments;
    private final Pages pages;
    private final NameMemo brandMemo;
    private final NameMemo providerMemo;
    private final NameMemo gameMemo;

    /** Opens the names of a state. */
    public Names(State state) {
        brands = open(state, Slot.BRANDS);
        providers = open(state, Slot.PROVIDERS);
        games = open(state, Slot.GAMES);
        segments = open(state, Slot.SEGMENTS);
        pages = state.pages();
        brandMemo = new NameMemo(pages);
        providerMemo = new NameMemo(pages);
        gameMemo = new NameMemo(pages);
    }

    private static IdDictionary open(State state, Slot slot) {
        return Dictionaries.open(state, slot, Store.NAMES, 0, Dictionaries.NAME);
    }

    /** Returns the reference of a brand. */
    public int brand(DirectBuffer buffer, int offset, int length) {
        return brands.intern(buffer, offset, length);
    }

    /** Returns the reference of a provider. */
    public int provider(DirectBuffer buffer, int offset, int length) {
        return providers.intern(buffer, offset, length);
    }

    /** Returns the reference of a game. */
    public int game(DirectBuffer buffer, int offset, int length) {
        return games.intern(buffer, offset, length);
    }

    /** Returns the reference of a game. */
    public int game(String name) {
        return intern(games, name);
    }

    /** Returns the reference of a provider. */
    public int provider(String name) {
        return intern(providers, name);
    }

    /** Returns the text of any name. */
    public String text(int name) {
        return IdDictionary.id(pages, name);
    }

    /** Returns the reference of a segment. */
    public int segment(String name) {
        return intern(segments, name);
    }

    private static int intern(IdDictionary dictionary, String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return dictionary.intern(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Returns the reference of a brand, 0 where no round named it. */
    public int findBrand(DirectBuffer buffer, int offset, int length) {
        return find(brands, brandMemo, buffer, offset, length);
    }

    /** Returns the reference of a provider, 0 where no round named it. */
    public int findProvider(String name) {
        return find(providers, name);
    }

    /** Returns the reference of a game, 0 where no round named it. */
    public int findGame(String name) {
        return find(games, name);
    }

    private static int find(IdDictionary dictionary, String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return dictionary.find(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Returns the reference of a provider, 0 where no round named it. */
    public int findProvider(DirectBuffer buffer, int offset, int length) {
        return find(providers, providerMemo, buffer, offset, length);
    }

    /** Returns the reference of a game, 0 where no round named it. */
    public int findGame(DirectBuffer buffer, int offset, int length) {
        return find(games, gameMemo, buffer, offset, length);
    }

    private static int find(IdDictionary dictionary, NameMemo memo, DirectBuffer buffer,
        int offset, int length) {
        final int known = memo.find(buffer, offset, length);
        if (known != 0) {
            return known;
        }
        final int found = dictionary.find(buffer, offset, length);
        if (found != 0) {
            memo.put(buffer, offset, length, found);
        }
        return found;
    }
}
