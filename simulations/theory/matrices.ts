/** Small dense matrices as rows of numbers: what the numerical solutions of networks and Markov chains need. */

/** A matrix by rows; all rows are equally long. */
export type Matrix = readonly (readonly number[])[];

/** The identity of a size. */
export function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));
}

/** a + factor · b, of the same shape. */
export function plus(a: Matrix, b: Matrix, factor = 1): number[][] {
  return a.map((row, i) => row.map((value, j) => value + factor * b[i]![j]!));
}

/** a · b. */
export function times(a: Matrix, b: Matrix): number[][] {
  const columns = b[0]!.length;
  return a.map((row) => {
    const product = Array.from({ length: columns }, () => 0);
    for (let k = 0; k < row.length; k++) {
      const factor = row[k]!;
      if (factor === 0) continue;
      const other = b[k]!;
      for (let j = 0; j < columns; j++) product[j]! += factor * other[j]!;
    }
    return product;
  });
}

/** Rows and columns exchanged. */
export function transposed(a: Matrix): number[][] {
  return a[0]!.map((_, j) => a.map((row) => row[j]!));
}

/**
 * X with a · X = b, by elimination with the largest pivot of each column.
 * @throws Error when a is singular.
 */
export function solve(a: Matrix, b: Matrix): number[][] {
  const size = a.length;
  const rows = a.map((row, i) => [...row, ...b[i]!]);
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let i = column + 1; i < size; i++) if (Math.abs(rows[i]![column]!) > Math.abs(rows[best]![column]!)) best = i;
    const pivot = rows[best]!;
    if (!(Math.abs(pivot[column]!) > 0))
      throw new Error('The matrix is singular: its equations have no single answer.');
    rows[best] = rows[column]!;
    rows[column] = pivot;
    const inverse = 1 / pivot[column]!;
    for (let j = column; j < pivot.length; j++) pivot[j]! *= inverse;
    for (let i = 0; i < size; i++) {
      const row = rows[i]!;
      const factor = row[column]!;
      if (i === column || factor === 0) continue;
      for (let j = column; j < row.length; j++) row[j]! -= factor * pivot[j]!;
    }
  }
  return rows.map((row) => row.slice(size));
}

/**
 * The stationary shares of a Markov chain in continuous time.
 * @param rates generator: rates of change off the diagonal, and on it minus the sum of its row. One closed class of states.
 */
export function stationary(rates: Matrix): number[] {
  // one equation says what the others say together: it gives way to "the shares add up to 1"
  const equations = transposed(rates);
  equations[0] = equations[0]!.map(() => 1);
  return solve(
    equations,
    equations.map((_, i) => [i === 0 ? 1 : 0]),
  ).map(([share]) => share!);
}
