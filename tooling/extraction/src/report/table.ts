/** Rows of words under their headings, in columns: the first to the left, the others to the right. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [headings, ...rows]
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function pounds(minor: string): string {
  const pence = BigInt(minor);
  return `£${(pence / 100n).toLocaleString('en-GB')}.${String(pence % 100n).padStart(2, '0')}`;
}
