package proxima.linear;

import java.util.Arrays;

/// A matrix of doubles, stored by rows. Immutable; equal where all entries are.
public final class Matrix {

  private final int rows;
  private final int columns;
  private final double[] entries;

  private Matrix(int rows, int columns, double[] entries) {
    this.rows = rows;
    this.columns = columns;
    this.entries = entries;
  }

  /// @param entries row after row
  public static Matrix of(int rows, int columns, double... entries) {
    if (!(rows >= 0 && columns >= 0 && entries.length == (long) rows * columns)) {
      throw new IllegalArgumentException("a " + rows + " x " + columns + " matrix has as many entries, got " + entries.length);
    }
    return new Matrix(rows, columns, entries.clone());
  }

  /// A matrix that takes `entries` over: the caller keeps no reference.
  static Matrix wrap(int rows, int columns, double[] entries) {
    return new Matrix(rows, columns, entries);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public double get(int row, int column) {
    if (!(column >= 0 && column < columns)) {
      throw new IllegalArgumentException("column lies in [0, " + columns + "), got " + column);
    }
    return entries[row * columns + column];
  }

  /// A copy of one row.
  public double[] row(int row) {
    return Arrays.copyOfRange(entries, row * columns, (row + 1) * columns);
  }

  /// A copy, row after row.
  public double[] toArray() {
    return entries.clone();
  }

  /// The product of this (n x k) and `other` (k x m): n x m.
  public Matrix times(Matrix other) {
    if (columns != other.rows) {
      throw new IllegalArgumentException(
          "the inner sizes of a product agree, got " + rows + " x " + columns + " times " + other.rows + " x " + other.columns);
    }
    double[] product = new double[rows * other.columns];
    if (columns > 0 && other.columns > 0) {
      Blas.gemm(false, false, rows, other.columns, columns, 1, entries, columns, other.entries, other.columns, 0, product, other.columns);
    }
    return new Matrix(rows, other.columns, product);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix m && rows == m.rows && columns == m.columns && Arrays.equals(entries, m.entries);
  }

  @Override
  public int hashCode() {
    return 31 * rows + Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(rows + " x " + columns);
    for (int i = 0; i < rows; i++) {
      text.append('\n').append(Arrays.toString(row(i)));
    }
    return text.toString();
  }
}
