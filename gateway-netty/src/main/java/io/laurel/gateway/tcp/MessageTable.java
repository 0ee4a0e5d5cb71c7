package io.laurel.gateway.tcp;

import io.laurel.protocol.wire.AckDecoder;
import io.laurel.protocol.wire.ChallengeDecoder;
import io.laurel.protocol.wire.EstablishAckDecoder;
import io.laurel.protocol.wire.EstablishDecoder;
import io.laurel.protocol.wire.EstablishRejectDecoder;
import io.laurel.protocol.wire.EventOutcomeDecoder;
import io.laurel.protocol.wire.FinishedReceivingDecoder;
import io.laurel.protocol.wire.FinishedSendingDecoder;
import io.laurel.protocol.wire.GameEventDecoder;
import io.laurel.protocol.wire.MatchResultDecoder;
import io.laurel.protocol.wire.NegotiateDecoder;
import io.laurel.protocol.wire.NegotiateRejectDecoder;
import io.laurel.protocol.wire.NegotiateResponseDecoder;
import io.laurel.protocol.wire.ResendRequestDecoder;
import io.laurel.protocol.wire.SequenceDecoder;
import io.laurel.protocol.wire.TerminateDecoder;
import java.util.Arrays;

/** What is known of every message before its fields are looked at. */
final class MessageTable {
    private static final int LIMIT = 19;
    private static final int[] BLOCKS = new int[LIMIT];

    static {
        Arrays.fill(BLOCKS, -1);
        BLOCKS[ChallengeDecoder.TEMPLATE_ID] = ChallengeDecoder.BLOCK_LENGTH;
        BLOCKS[NegotiateDecoder.TEMPLATE_ID] = NegotiateDecoder.BLOCK_LENGTH;
        BLOCKS[NegotiateResponseDecoder.TEMPLATE_ID] = NegotiateResponseDecoder.BLOCK_LENGTH;
        BLOCKS[NegotiateRejectDecoder.TEMPLATE_ID] = NegotiateRejectDecoder.BLOCK_LENGTH;
        BLOCKS[EstablishDecoder.TEMPLATE_ID] = EstablishDecoder.BLOCK_LENGTH;
        BLOCKS[EstablishAckDecoder.TEMPLATE_ID] = EstablishAckDecoder.BLOCK_LENGTH;
        BLOCKS[EstablishRejectDecoder.TEMPLATE_ID] = EstablishRejectDecoder.BLOCK_LENGTH;
        BLOCKS[GameEventDecoder.TEMPLATE_ID] = GameEventDecoder.BLOCK_LENGTH;
        BLOCKS[MatchResultDecoder.TEMPLATE_ID] = MatchResultDecoder.BLOCK_LENGTH;
        BLOCKS[AckDecoder.TEMPLATE_ID] = AckDecoder.BLOCK_LENGTH;
        BLOCKS[EventOutcomeDecoder.TEMPLATE_ID] = EventOutcomeDecoder.BLOCK_LENGTH;
        BLOCKS[ResendRequestDecoder.TEMPLATE_ID] = ResendRequestDecoder.BLOCK_LENGTH;
        BLOCKS[SequenceDecoder.TEMPLATE_ID] = SequenceDecoder.BLOCK_LENGTH;
        BLOCKS[FinishedSendingDecoder.TEMPLATE_ID] = FinishedSendingDecoder.BLOCK_LENGTH;
        BLOCKS[FinishedReceivingDecoder.TEMPLATE_ID] = FinishedReceivingDecoder.BLOCK_LENGTH;
        BLOCKS[TerminateDecoder.TEMPLATE_ID] = TerminateDecoder.BLOCK_LENGTH;
    }

    private MessageTable() {
    }

    /** Returns the block length of a message in this version of the schema, -1 = no message. */
    static int blockLength(int templateId) {
        return templateId < LIMIT ? BLOCKS[templateId] : -1;
    }

    /** Returns whether strings follow the block. */
    static boolean hasStrings(int templateId) {
        return templateId == GameEventDecoder.TEMPLATE_ID
            || templateId == MatchResultDecoder.TEMPLATE_ID;
    }

    /** Returns whether a client may send a message in a state. */
    static boolean belongs(int templateId, SessionState state) {
        return switch (templateId) {
            case NegotiateDecoder.TEMPLATE_ID -> state == SessionState.CONNECTED;
            case EstablishDecoder.TEMPLATE_ID ->
                state == SessionState.CONNECTED || state == SessionState.NEGOTIATED;
            case GameEventDecoder.TEMPLATE_ID, MatchResultDecoder.TEMPLATE_ID,
                FinishedSendingDecoder.TEMPLATE_ID -> state == SessionState.ESTABLISHED;
            case SequenceDecoder.TEMPLATE_ID -> state.isLive();
            case TerminateDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }
}
