import type { Report } from './reconcile.js';

/** The report as a person reads it: what was compared, then one line a difference, in columns. */
export function describeReport(report: Report): string {
  const { ordersCompared, paymentsCompared, chargesCompared, differences, complete, mended } = report;
  const totals = aligned([
    ['Orders', `${ordersCompared}`],
    ['Payments', `${paymentsCompared}`],
    ['Card charges', `${chargesCompared}`],
    ['Differences', `${differences.length}${complete ? '' : ', and more'}`],
    ...(mended === undefined ? [] : [['Mended', `${mended}`]]),
  ]);
  if (differences.length === 0) return totals;
  const rows = differences.map(({ kind, orderId, paymentId, networkId, mendable, explanation }) => [
    kind,
    orderId ?? '-',
    paymentId ?? networkId ?? '-',
    mendable ? 'mendable' : 'for people',
    explanation,
  ]);
  return `${totals}\n\n${aligned([['DIFFERENCE', 'ORDER', 'PAYMENT', '', 'WHAT IT IS'], ...rows])}`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
