import { appendFileSync, writeFileSync } from 'node:fs';
import { ImportProblem } from '../import-problem.js';
import type { Refusal } from '../replay/refusal.js';

const HEADING = ['Line', 'InvoiceNo', 'StockCode', 'Description', 'Quantity', 'UnitPrice', 'Code', 'Reason'];

/** Finds out before a long import, and not after it, whether the reject file can be written. @throws ImportProblem */
export function requireWritable(file: string): void {
  try {
    appendFileSync(file, '');
  } catch (error) {
    throw new ImportProblem(
      `The reject file ${file} cannot be written: ${(error as Error).message}. Choose another with --rejects.`,
    );
  }
}

/** Writes every line that was not replayed with its reason, in the order of the file. */
export function writeRejects(file: string, refusals: readonly Refusal[]): void {
  const rows = [...refusals]
    .sort((a, b) => a.line.line - b.line.line)
    .map(({ line, code, reason }) => [
      line.line,
      line.invoice,
      line.stockCode,
      line.description,
      line.quantityText,
      line.price,
      code,
      reason,
    ]);
  const text = [HEADING, ...rows].map((row) => row.map(cell).join(',')).join('\n');
  writeFileSync(file, `${text}\n`);
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
