package io.laurel.gateway.event;

import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameType;
import io.laurel.protocol.wire.RoundStatus;
import java.util.SplittableRandom;

/** Events for tests: one that is valid, and seeded ones of every shape. */
public final class Events {
    /** An instant in October 2025, ns since the Unix epoch. */
    public static final long TS = 1_761_415_200_000_000_000L;

    private Events() {
    }

    /** Fills a draft with a valid spin. */
    public static EventDraft spin(EventDraft draft, String eventId) {
        draft.clear().ts(TS).betAmountMinor(100).winAmountMinor(250)
            .eventType(EventType.SPIN.value()).gameType(GameType.SLOT.value());
        draft.eventId().set(eventId);
        draft.userId().set("u_1");
        draft.market().set("DE");
        draft.brand().set("X");
        draft.gameId().set("g_77");
        draft.gameProvider().set("PragmaticPlay");
        draft.roundId().set("r_" + eventId);
        draft.betCurrency().set("EUR");
        return draft;
    }

    /** Fills a draft with a valid event of random shape. */
    public static EventDraft any(EventDraft draft, SplittableRandom random) {
        spin(draft, text(random, 60)).ts(TS + random.nextLong(1L << 40))
            .gameType(1 + random.nextInt(8)).eventType(1 + random.nextInt(5))
            .winAmountMinor(random.nextBoolean() ? EventDraft.NO_VALUE : random.nextLong(1L << 40))
            .winMultiplierE4(random.nextBoolean() ? EventDraft.NO_VALUE : random.nextInt(1 << 20))
            .roundStartedTs(random.nextBoolean() ? EventDraft.NO_VALUE : TS - random.nextInt(9))
            .devicePlatform(random.nextBoolean() ? EventDraft.NO_ENUM : 1 + random.nextInt(5))
            .deviceAsn(random.nextBoolean() ? EventDraft.NO_ENUM
                : 1 + random.nextInt(AsnCategory.UNKNOWN.value()))
            .deviceHeadless(random.nextBoolean() ? EventDraft.NO_ENUM : random.nextInt(2));
        if (draft.eventType() > EventType.BET.value() && random.nextBoolean()) {
            draft.betAmountMinor(EventDraft.NO_VALUE).betCurrency().clear();
        }
        if (random.nextInt(3) == 0) {
            final int status = 1 + random.nextInt(3);
            draft.roundStatus(status);
            if (status != RoundStatus.STARTED.value() || draft.betCurrency().isPresent()) {
                draft.eventType(EventDraft.NO_ENUM);
            }
        }
        draft.userId().set("ü" + text(random, 50));
        draft.gameId().set(text(random, 64));
        draft.roundId().set(text(random, 64));
        if (random.nextBoolean()) {
            draft.traceId().set(text(random, 64));
        }
        return draft;
    }

    private static String text(SplittableRandom random, int most) {
        final StringBuilder out = new StringBuilder();
        final int length = 1 + random.nextInt(most);
        for (int i = 0; i < length; i++) {
            out.append((char) ('!' + random.nextInt('~' - '!' + 1)));
        }
        return out.toString();
    }
}
