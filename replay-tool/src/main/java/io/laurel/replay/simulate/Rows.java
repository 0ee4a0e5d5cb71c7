package io.laurel.replay.simulate;

import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.EngineReads;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The main board of a contest from rank 1 on, read page by page; as the public sees it. */
final class Rows implements Iterator<BoardRow> {
    private final EngineReads reads;
    private final String contest;
    private List<BoardRow> page = List.of();
    private int next;
    private long read;

    Rows(EngineReads reads, String contest) {
        this.reads = reads;
        this.contest = contest;
    }

    @Override
    public boolean hasNext() {
        if (next == page.size() && (read == 0 || page.size() == BoardRequest.MAX_ROWS)) {
            final BoardPage answer = reads.board(new BoardRequest(contest, "", 0, "", 0,
                List.of(), read, BoardRequest.MAX_ROWS));
            page = answer == null ? List.of() : answer.top();
            next = 0;
            read += page.size();
        }
        return next < page.size();
    }

    @Override
    public BoardRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.get(next++);
    }
}
