/**
 * The judge of the engine: semantics 1 to 7 and 10 in plain collections, without a line shared
 * with the engine but the parsed documents; and streams of random commands to compare the two.
 * One thread.
 *
 * <p>Where the semantics leave a question open, the judge reads them so:
 * <ol>
 * <li>Memory: {@code horizon} = the greatest time - H of any command so far. What lies before it
 * is forgotten for good; an event before it is {@code too_late}, also where the limits have been
 * raised since, so that nothing is taken twice. Changed limits hold from the next command on.
 * <li>Content: an absent field and its default, or a type and the status that implies it, are
 * different content.
 * <li>A duplicate is answered {@code duplicate} with the original sequence even where the original
 * was refused for its round; {@link io.laurel.engine.reference.Outcome#original()} says so.
 * <li>A rollback reaches step 5, is remembered like any event, and is answered {@code accepted}. A
 * rolled back open round may begin again and is not counted as discarded. One of a round that is
 * not remembered is counted when the log has been read, once: as {@code unknown_round} where no
 * such round was closed before, else as {@code accepted}. Where the player has a scored round in
 * no contest that is not over, nothing is looked for, and it is {@code unknown_round} at once.
 * <li>Rollback of a closed round: until the reader has answered, every contest that is not over, in
 * which the player has scored and whose window holds the ts (any ts, where the round is not
 * remembered), is held: no {@code final}, and FINALIZE is {@code bad_state}. A provider's or game's
 * entry is marked when the reader has said whose round it was. The round stays closed: it may not
 * come again. A round rolled back twice is void once. CANCEL and a restart take marks away.
 * <li>A rebuilt entry's {@code delta} is the change that the rebuilding made, if it made one.
 * <li>The currency of a round is the first that a part names; a part without one fits any round.
 * <li>Deadlines that have passed when a contest is published, changed or unfrozen run at the end of
 * that same command. {@code final} and {@code settled} come in one move. Deadlines: start, end, end
 * + late_grace, end + late_grace + appeal, never relative to when the move was made.
 * <li>A state is never left backwards: a later end of a contest that is closing keeps it closing.
 * <li>"State already there": FINALIZE of final or settled, CANCEL of cancelled, FREEZE of frozen,
 * UNFREEZE of anything that is not frozen, and the player's commands alike are accepted in every
 * state. FINALIZE and CANCEL are legal while frozen and end the freeze.
 * <li>ENTER and LEAVE are legal until closing, FREEZE, UNFREEZE and DISQUALIFY until provisional,
 * all of them from scheduled on and for players nobody knows. LEAVE keeps what has scored; later
 * rounds are {@code not_entered}, with {@code entry: auto} too. Scoring enters, so that a change to
 * opt_in keeps those who scored.
 * <li>A changed version: nothing from final on ({@code bad_state}); from live on {@code
 * rules_locked} where scoring, leaderboard or rewards differ and restart is not set. With restart
 * such a change voids the standings; in provisional or frozen it is {@code bad_state}. Before live
 * a change of scoring or leaderboard voids what early rounds (max_skew) scored. Voided are scores,
 * gaps, rates and round.count; not who entered, is frozen, flagged or disqualified, nor the
 * counters. A frozen view stays as it stood.
 * <li>The same definition again is the same version in every state, restart or not.
 * <li>A series: one instance is always to come; the next is made when one goes live. It takes no
 * action but CANCEL, which ends what was to come. Changed, it changes the instance to come, or
 * calls it off where its start is gone. Instances bear the version of their series. A contest and
 * a series never share an id ({@code bad_state}). Series and instances count against the limit.
 * <li>FX: an unknown table refuses the contest with {@code not_found}; the contest keeps the rates
 * it was published with, though the table changes. A pinned table without the round's currency is
 * {@code currency} whatever the formula uses. Beyond 64 bits: {@code formula_error}.
 * <li>A currency absent from {@code min_bet_minor} is {@code currency}, at the place of min_bet.
 * <li>{@code disqualified} comes after all reasons of semantics 5, {@code score_overflow} last.
 * <li>{@code weights} multiply also where the formula uses {@code game.weight}, which is the same
 * factor. Scaling: (x * weight) * 10^scale, left to right.
 * <li>{@code clamp(x,lo,hi)} = min(max(x,lo),hi); a condition is true where it is not 0.
 * <li>Born on 29 February, a player is of age on 1 March. An unknown birthday is of age.
 * <li>Periodicity: judged from {@code min_rounds} scored rounds on (the semantics say rounds), with
 * two at least, only where the mean gap is positive. What gaps, rates and regularity look back on
 * begins with the player's first round that scores under rules with any of the three, and goes on
 * over later versions until a restart. A player is flagged once; only that freezes, so an
 * unfreeze holds.
 * <li>Entities: freezing and disqualifying change no entry of a provider or game; a disqualified
 * player's later rounds do not score there. Equal (ts, round.id) in first_n: log order.
 * <li>Erasure overwrites alias, locale, segments and birthday; blocks and kyc stay.
 * A player nobody knows is erased at once.
 * <li>AdvanceTime in the clock mode {@code system} is {@code bad_state}; Genesis again too.
 * <li>A partition without a visible row is an empty board. While frozen a partition shows what it
 * showed. {@code delta} on a partition is that of the partition.
 * </ol>
 */
package io.laurel.engine.reference;
