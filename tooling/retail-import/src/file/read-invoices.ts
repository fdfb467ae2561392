import { parse } from 'csv-parse/sync';
import { ImportProblem } from '../import-problem.js';
import { readText } from './read-text.js';
import { parsePence, parsePieces, type RetailLine } from './retail-line.js';

/** All lines under one invoice number, in the order of the file. */
export interface Invoice {
  readonly number: string;
  readonly kind: 'order' | 'cancellation';
  readonly customer: string;
  /** Empty where the file has none. */
  readonly country: string;
  readonly lines: readonly RetailLine[];
}

const COLUMNS = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'UnitPrice', 'CustomerID'] as const;
type Row = Record<(typeof COLUMNS)[number], string> & { readonly Country?: string };

/** Reads the retailer's file. Only its columns must be there; what stands in them is judged line by line later. */
export function readInvoices(file: string): readonly Invoice[] {
  const byNumber = Map.groupBy(readLines(file), (line) => line.invoice);
  return [...byNumber].map(([number, lines]) => ({
    number,
    kind: number.startsWith('C') ? 'cancellation' : 'order',
    customer: lines[0]!.customer,
    country: lines[0]!.country,
    lines,
  }));
}

function readLines(file: string): RetailLine[] {
  const text = readText(file);
  let heading: readonly string[] = [];
  let rows: { record: Row; info: { lines: number } }[];
  try {
    rows = parse(text, {
      columns: (names: string[]) => {
        heading = names;
        return names;
      },
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
    });
  } catch (error) {
    throw new ImportProblem(`${file} cannot be read as CSV: ${(error as Error).message}.`);
  }
  const missing = COLUMNS.filter((column) => !heading.includes(column));
  if (missing.length > 0) {
    throw new ImportProblem(
      `${file} has no column ${missing.join(', ')}. It must have the columns of the UCI Online Retail data set.`,
    );
  }
  return rows.map(({ record, info }) => ({
    line: info.lines,
    invoice: record.InvoiceNo,
    stockCode: record.StockCode,
    description: record.Description,
    quantity: parsePieces(record.Quantity),
    quantityText: record.Quantity,
    priceMinor: parsePence(record.UnitPrice),
    price: record.UnitPrice,
    customer: record.CustomerID,
    country: record.Country ?? '',
  }));
}
