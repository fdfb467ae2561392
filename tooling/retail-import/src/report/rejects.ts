import { writeFileSync } from 'node:fs';
import type { Refusal } from '../replay/refusal.js';

const HEADING = ['Line', 'InvoiceNo', 'StockCode', 'Description', 'Quantity', 'UnitPrice', 'Code', 'Reason'];

/** Writes every line that was not replayed with its reason, in the order of the file. */
export function writeRejects(file: string, refusals: readonly Refusal[]): void {
  const rows = [...refusals]
    .sort((a, b) => a.line.line - b.line.line)
    .map(({ line, code, reason }) => [
      line.line,
      line.invoice,
      line.stockCode,
      line.description,
      line.quantity,
      line.price,
      code,
      reason,
    ]);
  const text = [HEADING, ...rows].map((row) => row.map(cell).join(',')).join('\n');
  writeFileSync(file, `${text}\n`);
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
