/** One column of a table for people. */
export interface TextColumn<Row> {
  readonly label: string;
  readonly value: (row: Row) => string;
  readonly align?: 'end';
  /** Dresses the padded text, such as in a colour. */
  readonly style?: (text: string, row: Row) => string;
}

/** A table with its columns under each other, two spaces apart. Columns that are empty in every row are left out. */
export function aligned<Row>(
  rows: readonly Row[],
  columns: readonly TextColumn<Row>[],
  styleOfHead: (text: string) => string = (text) => text,
): string {
  const shown = columns
    .map((column) => ({ ...column, texts: rows.map(column.value) }))
    .filter(({ texts }) => texts.some((text) => text !== ''))
    .map((column) => ({ ...column, width: Math.max(column.label.length, ...column.texts.map((text) => text.length)) }));
  const line = (texts: readonly string[]) => texts.join('  ').trimEnd();
  const padded = (text: string, { width, align }: { readonly width: number; readonly align?: 'end' }) =>
    align === 'end' ? text.padStart(width) : text.padEnd(width);
  const head = styleOfHead(line(shown.map((column) => padded(column.label, column))));
  const body = rows.map((row, index) =>
    line(
      shown.map((column) => {
        const text = padded(column.texts[index]!, column);
        return column.style === undefined ? text : column.style(text, row);
      }),
    ),
  );
  return `${[head, ...body].join('\n')}\n`;
}
