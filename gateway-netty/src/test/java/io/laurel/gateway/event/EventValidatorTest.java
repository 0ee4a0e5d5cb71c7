package io.laurel.gateway.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.BooleanType;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.RoundStatus;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventValidatorTest {
    private final EventValidator validator = new EventValidator();
    private final EventDraft draft = Events.spin(new EventDraft(), "e1");

    private void assertRefused(String field, Consumer<EventDraft> change) {
        Events.spin(draft, "e1");
        change.accept(draft);
        assertFalse(validator.validate(draft), field);
        assertEquals(field, validator.field(), validator.message());
        assertFalse(validator.message().isEmpty());
    }

    private void assertPassed(Consumer<EventDraft> change) {
        Events.spin(draft, "e1");
        change.accept(draft);
        assertTrue(validator.validate(draft),
            () -> validator.field() + " " + validator.message());
    }

    @Test
    void shouldNameTheMissingField() {
        assertRefused("event_id", d -> d.eventId().clear());
        assertRefused("user_id", d -> d.userId().clear());
        assertRefused("ts", d -> d.ts(EventDraft.NO_VALUE));
        assertRefused("market", d -> d.market().clear());
        assertRefused("brand", d -> d.brand().clear());
        assertRefused("game.id", d -> d.gameId().clear());
        assertRefused("game.provider", d -> d.gameProvider().clear());
        assertRefused("game.type", d -> d.gameType(EventDraft.NO_ENUM));
        assertRefused("round.id", d -> d.roundId().clear());
        assertRefused("type", d -> d.eventType(EventDraft.NO_ENUM));
        assertRefused("bet.amount_minor", d -> d.betAmountMinor(EventDraft.NO_VALUE));
        assertRefused("bet.currency", d -> d.betCurrency().clear());
    }

    @Test
    void shouldNameTheFieldWhoseLimitIsBroken() {
        final String long65 = "x".repeat(65);
        assertRefused("event_id", d -> d.eventId().set(""));
        assertRefused("event_id", d -> d.eventId().set(long65));
        assertRefused("event_id", d -> d.eventId().set("a b"));
        assertRefused("event_id", d -> d.eventId().set("ä"));
        assertRefused("user_id", d -> d.userId().set("a\u0085b"));
        assertRefused("user_id", d -> d.userId().set("a\tb"));
        assertRefused("user_id", d -> d.userId().set("ü".repeat(33)));
        assertRefused("brand", d -> d.brand().set("x".repeat(33)));
        assertRefused("brand", d -> d.brand().set(""));
        assertRefused("game.id", d -> d.gameId().set(long65));
        assertRefused("game.provider", d -> d.gameProvider().set(long65));
        assertRefused("round.id", d -> d.roundId().set(""));
        assertRefused("trace_id", d -> d.traceId().set(long65));
        assertRefused("ts", d -> d.ts(0));
        assertRefused("ts", d -> d.ts(-5));
        assertRefused("round.started_ts", d -> d.roundStartedTs(Events.TS + 1));
        assertRefused("round.started_ts", d -> d.roundStartedTs(-1));
        assertRefused("bet.amount_minor", d -> d.betAmountMinor(-1));
        assertRefused("bet.amount_minor", d -> d.betAmountMinor(1_000_000_000_000_001L));
        assertRefused("win.amount_minor", d -> d.winAmountMinor(-1));
        assertRefused("win.amount_minor", d -> d.winAmountMinor(1_000_000_000_000_001L));
        assertRefused("win.multiplier", d -> d.winMultiplierE4(-1));
    }

    @Test
    void shouldRefuseEnumerationValuesThatNobodyKnows() {
        assertRefused("type", d -> d.eventType(6));
        assertRefused("type", d -> d.eventType(EventDraft.UNKNOWN_ENUM));
        assertRefused("game.type", d -> d.gameType(0));
        assertRefused("game.type", d -> d.gameType(9));
        assertRefused("round.status", d -> d.roundStatus(4));
        assertRefused("device.platform", d -> d.devicePlatform(6));
        assertRefused("device.asn", d -> d.deviceAsn(9));
        assertRefused("device.headless", d -> d.deviceHeadless(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "D", "DEU", "D1", "", "Ä"})
    void shouldRefuseMarketsThatAreNotTwoCapitalLetters(String market) {
        assertRefused("market", d -> d.market().set(market));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eur", "EU", "EURO", "E1R", ""})
    void shouldRefuseCurrenciesThatAreNotThreeCapitalLetters(String currency) {
        assertRefused("bet.currency", d -> d.betCurrency().set(currency));
    }

    @ParameterizedTest
    @CsvSource({"C0 80", "ED A0 80", "F4 90 80 80", "80", "E2 82", "FF", "E0 80 80"})
    void shouldRefuseUsersThatAreNotUtf8(String hex) {
        final String[] parts = hex.split(" ");
        final byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        assertRefused("user_id", d -> d.userId().set(bytes, 0, bytes.length));
        assertRefused("brand", d -> d.brand().set(bytes, 0, bytes.length));
    }

    @Test
    void shouldPassTheLimitsThemselves() {
        assertPassed(d -> d.eventId().set("~".repeat(64)));
        assertPassed(d -> d.userId().set("😀".repeat(16)));
        assertPassed(d -> d.userId().set("\u00a0\ud7ff\ue000\uffff"));
        assertPassed(d -> d.brand().set("b".repeat(32)));
        assertPassed(d -> d.ts(Long.MAX_VALUE).roundStartedTs(Long.MAX_VALUE));
        assertPassed(d -> d.betAmountMinor(EventValidator.MAX_AMOUNT_MINOR).winAmountMinor(0));
        assertPassed(d -> d.winMultiplierE4(Long.MAX_VALUE));
        assertPassed(d -> d.traceId().set(""));
    }

    @Test
    void shouldResolveTheTypeFromTheRoundStatus() {
        assertPassed(d -> d.eventType(EventDraft.NO_ENUM)
            .roundStatus(RoundStatus.ENDED.value()));
        assertEquals(EventType.ROUND_END.value(), draft.eventType());
        assertPassed(d -> d.eventType(EventDraft.NO_ENUM)
            .roundStatus(RoundStatus.STARTED.value()));
        assertEquals(EventType.BET.value(), draft.eventType());
        assertPassed(d -> d.eventType(EventDraft.NO_ENUM)
            .roundStatus(RoundStatus.VOIDED.value()));
        assertEquals(EventType.ROLLBACK.value(), draft.eventType());
    }

    @Test
    void shouldFillInWhatIsLeftOut() {
        assertPassed(d -> d.winAmountMinor(EventDraft.NO_VALUE));
        assertEquals(0, draft.winAmountMinor());
        assertEquals(AsnCategory.UNKNOWN.value(), draft.deviceAsn());
        assertEquals(BooleanType.FALSE.value(), draft.deviceHeadless());
    }

    @Test
    void shouldAskForABetOnlyWhereOneIsMeant() {
        assertPassed(d -> noBet(d).eventType(EventType.WIN.value()));
        assertPassed(d -> noBet(d).eventType(EventType.ROUND_END.value()));
        assertPassed(d -> noBet(d).eventType(EventType.ROLLBACK.value()));
        assertPassed(d -> d.eventType(EventType.WIN.value()).betAmountMinor(EventDraft.NO_VALUE));
        assertRefused("bet.amount_minor", d -> noBet(d).eventType(EventType.BET.value()));
        assertRefused("bet.amount_minor", d -> d.eventType(EventType.ROUND_END.value())
            .betAmountMinor(EventDraft.NO_VALUE));
        assertRefused("bet.currency", d -> {
            d.eventType(EventType.ROUND_END.value());
            d.betCurrency().clear();
        });
    }

    private static EventDraft noBet(EventDraft draft) {
        draft.betCurrency().clear();
        return draft.betAmountMinor(EventDraft.NO_VALUE);
    }
}
