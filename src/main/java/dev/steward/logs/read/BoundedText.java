package dev.steward.logs.read;

/**
 * A text that a pattern may look at so often and no more: some patterns try so many ways that they would end in years. Counting looks
 * instead of time makes it end at the same place on every machine.
 */
final class BoundedText implements CharSequence {
    private final CharSequence text;
    private final long[] left;

    private BoundedText(CharSequence text, long[] left) {
        this.text = text;
        this.left = left;
    }

    /** @param looks how many characters may be looked at, one again and again included */
    static BoundedText of(CharSequence text, long looks) {
        return new BoundedText(text, new long[] {looks});
    }

    /** A pattern asked too often. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super(null, null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
