package io.laurel.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over one axis, as SVG. Both axes may be logarithmic; values are then above 0. */
public final class Plot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 90;
    private static final int RIGHT = 190;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    private static final int ROW = 20;
    private static final String[] COLOURS =
        {"#1b6ca8", "#c0392b", "#1e8449", "#8e44ad", "#b9770e", "#34495e"};

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Line> lines = new ArrayList<>();

    /** A name and whether it is logarithmic. */
    public record Axis(String name, boolean logarithmic) {
        private double at(double value) {
            return logarithmic ? Math.log10(value) : value;
        }
    }

    private record Line(String name, double[] xs, double[] ys) {
    }

    /** Begins a plot. */
    public Plot(String title, Axis x, Axis y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    /** Adds a line through points. */
    public Plot line(String name, double[] xs, double[] ys) {
        lines.add(new Line(name, xs, ys));
        return this;
    }

    /** Returns whether there is nothing to draw. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Returns the document; there must be something to draw. */
    public String svg() {
        final double[] acrossRange = range(x, true);
        final double[] upRange = range(y, false);
        final StringBuilder svg = new StringBuilder();
        svg.append(format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n", WIDTH,
            HEIGHT, WIDTH, HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(svg, LEFT, TOP / 2, "start", title, 16);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 15, "middle", x.name, 12);
        text(svg, LEFT, TOP - 8, "end", y.name, 12);
        ticks(x, acrossRange).forEach(tick -> vertical(svg, across(tick, acrossRange), tick));
        ticks(y, upRange).forEach(tick -> horizontal(svg, up(tick, upRange), tick));
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS[i % COLOURS.length], acrossRange, upRange);
            text(svg, WIDTH - RIGHT + 34, TOP + 14 + ROW * i, "start", lines.get(i).name, 12);
            svg.append(format("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\""
                + " stroke-width=\"2\"/>%n", WIDTH - RIGHT + 8, TOP + 10 + ROW * i,
                WIDTH - RIGHT + 28, TOP + 10 + ROW * i, COLOURS[i % COLOURS.length]));
        }
        return svg.append("</svg>\n").toString();
    }

    private double[] range(Axis axis, boolean across) {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (final Line line : lines) {
            for (final double value : across ? line.xs : line.ys) {
                low = Math.min(low, axis.at(value));
                high = Math.max(high, axis.at(value));
            }
        }
        if (axis.logarithmic) {
            return new double[] {Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + 1)};
        }
        return new double[] {Math.min(0, low), high <= 0 ? 1 : high * 1.05};
    }

    private List<Double> ticks(Axis axis, double[] range) {
        final List<Double> ticks = new ArrayList<>();
        if (axis.logarithmic) {
            for (double power = range[0]; power <= range[1]; power++) {
                ticks.add(power);
            }
            return ticks;
        }
        final double rough = (range[1] - range[0]) / 5;
        final double power = Math.pow(10, Math.floor(Math.log10(rough)));
        final double step = rough / power < 2 ? 2 * power : rough / power < 5 ? 5 * power
            : 10 * power;
        for (double tick = range[0]; tick <= range[1]; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    private static double across(double value, double[] range) {
        return LEFT + (value - range[0]) / (range[1] - range[0]) * (WIDTH - LEFT - RIGHT);
    }

    private static double up(double value, double[] range) {
        return HEIGHT - BOTTOM
            - (value - range[0]) / (range[1] - range[0]) * (HEIGHT - TOP - BOTTOM);
    }

    private void vertical(StringBuilder svg, double at, double tick) {
        rule(svg, at, TOP, at, HEIGHT - BOTTOM);
        text(svg, at, HEIGHT - BOTTOM + 18, "middle", label(x, tick), 12);
    }

    private void horizontal(StringBuilder svg, double at, double tick) {
        rule(svg, LEFT, at, WIDTH - RIGHT, at);
        text(svg, LEFT - 8, at + 4, "end", label(y, tick), 12);
    }

    private static void rule(StringBuilder svg, double fromX, double fromY, double toX,
        double toY) {
        svg.append(format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\""
            + " stroke=\"#dddddd\"/>%n", fromX, fromY, toX, toY));
    }

    private static String label(Axis axis, double tick) {
        final double value = axis.logarithmic ? Math.pow(10, tick) : tick;
        if (value >= 1e6) {
            return format("%.4gM", value / 1e6).replaceAll("\\.?0+M", "M");
        }
        if (value >= 1e3) {
            return format("%.4gk", value / 1e3).replaceAll("\\.?0+k", "k");
        }
        return value == Math.rint(value) ? format("%.0f", value) : format("%.3g", value);
    }

    private void draw(StringBuilder svg, Line line, String colour, double[] acrossRange,
        double[] upRange) {
        final StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.xs.length; i++) {
            final double pointX = across(x.at(line.xs[i]), acrossRange);
            final double pointY = up(y.at(line.ys[i]), upRange);
            points.append(format("%.1f,%.1f ", pointX, pointY));
            svg.append(format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", pointX,
                pointY, colour));
        }
        svg.append(format("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\""
            + " stroke-width=\"2\"/>%n", points.toString().strip(), colour));
    }

    private static void text(StringBuilder svg, double atX, double atY, String anchor,
        String content, int size) {
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s"
            + "</text>%n", atX, atY, anchor, size, content.replace("&", "&amp;")
            .replace("<", "&lt;")));
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
