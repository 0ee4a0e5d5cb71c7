package io.laurel.engine.reference;

import java.util.Set;
import java.util.TreeSet;

/** Who entered, left, is frozen, flagged or disqualified in one contest. */
final class Entrants {
    private final Set<String> entered = new TreeSet<>(Intake.BYTES);
    private final Set<String> left = new TreeSet<>(Intake.BYTES);
    private final Set<String> frozen = new TreeSet<>(Intake.BYTES);
    private final Set<String> flagged = new TreeSet<>(Intake.BYTES);
    private final Set<String> disqualified = new TreeSet<>(Intake.BYTES);

    boolean takesPart(String user, boolean optIn) {
        return optIn ? entered.contains(user) : !left.contains(user);
    }

    boolean isDisqualified(String user) {
        return disqualified.contains(user);
    }

    boolean isHidden(String user) {
        return frozen.contains(user) || disqualified.contains(user);
    }

    /** Lets a player take part; the first scored round does so too. */
    void enter(String user) {
        entered.add(user);
        left.remove(user);
    }

    /** Marks too regular a player, once; only the first mark freezes. */
    void flag(String user, boolean freeze) {
        if (flagged.add(user) && freeze) {
            frozen.add(user);
        }
    }

    String apply(PlayerOp operation, String user, Stage stage, boolean optIn) {
        final boolean late = stage.over();
        return switch (operation) {
            case ENTER ->
                change(takesPart(user, optIn), !stage.takesRounds(), () -> enter(user));
            case LEAVE -> change(!takesPart(user, optIn), !stage.takesRounds(), () -> {
                entered.remove(user);
                left.add(user);
            });
            case FREEZE -> change(frozen.contains(user), late, () -> frozen.add(user));
            case UNFREEZE -> change(!frozen.contains(user), late, () -> frozen.remove(user));
            case DISQUALIFY ->
                change(disqualified.contains(user), late, () -> disqualified.add(user));
        };
    }

    private static String change(boolean alreadyThere, boolean illegal, Runnable change) {
        if (alreadyThere) {
            return "accepted";
        }
        if (illegal) {
            return "bad_state";
        }
        change.run();
        return "accepted";
    }
}
