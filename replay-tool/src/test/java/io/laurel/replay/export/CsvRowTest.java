package io.laurel.replay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** RFC 4180, and nothing that a spreadsheet would run. */
class CsvRowTest {
    @Test
    void shouldQuoteWhatWouldEndACell() {
        assertEquals("a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\r\n",
            new CsvRow().text("a").text("b,c").text("say \"x\"").text("two\nlines").text(null)
                .end());
    }

    @Test
    void shouldDefuseFormulas() {
        assertEquals("'=1+1,'+1,'-1,'@SUM(A1),'\tx,\"'\rx\",u-1\r\n",
            new CsvRow().text("=1+1").text("+1").text("-1").text("@SUM(A1)").text("\tx")
                .text("\rx").text("u-1").end());
    }

    @Test
    void shouldLeaveNumbersOfItsOwn() {
        assertEquals("-5,1.25,,Ünï\r\n",
            new CsvRow().number(-5).number("1.25").number(null).text("Ünï").end());
    }
}
