import type { Replayed } from '../replay/replay.js';

/** What came of a whole file. Amounts are pence. */
export interface Summary {
  readonly invoices: {
    readonly all: number;
    readonly placed: number;
    readonly cancelled: number;
    readonly rejected: number;
    readonly before: number;
  };
  readonly lines: { readonly all: number; readonly replayed: number; readonly refused: number };
  readonly placedMinor: string;
  readonly cancelledMinor: string;
  /** Refused lines by reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export function summarise(replayed: readonly Replayed[]): Summary {
  const count = (outcome: Replayed['outcome']) => replayed.filter((each) => each.outcome === outcome).length;
  const amount = (outcome: Replayed['outcome']) =>
    replayed.filter((each) => each.outcome === outcome).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const refusals = replayed.flatMap((each) => each.refusals);
  const all = replayed.reduce((sum, { invoice }) => sum + invoice.lines.length, 0);
  const reasons = [...Map.groupBy(refusals, ({ code }) => code)].map(([code, same]) => [code, same.length] as const);
  return {
    invoices: {
      all: replayed.length,
      placed: count('placed'),
      cancelled: count('cancelled'),
      rejected: count('rejected'),
      before: replayed.filter(({ before }) => before).length,
    },
    lines: { all, replayed: all - refusals.length, refused: refusals.length },
    placedMinor: amount('placed').toString(),
    cancelledMinor: amount('cancelled').toString(),
    reasons: Object.fromEntries(reasons.sort(([a], [b]) => a.localeCompare(b))),
  };
}

/** The summary as a person reads it. */
export function describeSummary(summary: Summary, rejectFile: string): string {
  const { invoices, lines, placedMinor, cancelledMinor, reasons } = summary;
  const rows: [string, string][] = [
    ['Invoices', `${invoices.all} (${invoices.before} done by an earlier run)`],
    ['  placed', `${invoices.placed}, ${pounds(placedMinor)}`],
    ['  cancelled', `${invoices.cancelled}, ${pounds(cancelledMinor)}`],
    ['  rejected', `${invoices.rejected}`],
    ['Lines', `${lines.all}`],
    ['  replayed', `${lines.replayed}`],
    ['  refused', `${lines.refused}, see ${rejectFile}`],
    ...Object.entries(reasons).map(([code, number]): [string, string] => [`    ${code}`, String(number)]),
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n');
}

function pounds(minor: string): string {
  const pence = BigInt(minor);
  return `£${(pence / 100n).toLocaleString('en-GB')}.${String(pence % 100n).padStart(2, '0')}`;
}
