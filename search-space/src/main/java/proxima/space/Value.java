package proxima.space;

/// What a configuration gives one parameter.
public sealed interface Value {

  record Real(double number) implements Value {
    public Real {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a real value is finite, got " + number);
      }
    }

    @Override
    public String toString() {
      return Double.toString(number);
    }
  }

  record Whole(long number) implements Value {
    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  record Category(String choice) implements Value {
    @Override
    public String toString() {
      return choice;
    }
  }
}
