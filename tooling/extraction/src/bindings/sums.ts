import { readFileSync } from 'node:fs';
import type pg from 'pg';

const SUMS = readFileSync(new URL('../../sql/sums.sql', import.meta.url), 'utf8');
const RECONCILE = readFileSync(new URL('../../../retail-import/sql/reconcile.sql', import.meta.url), 'utf8');

/** What a shop comes to: pence, pieces, and fingerprints of its ledgers. */
export type Sums = Readonly<Record<string, string>>;

/** One of the checks that look across all modules. */
export interface Check {
  readonly what: string;
  readonly lookedAt: number;
  readonly wrong: number;
}

export async function sumsOf(administrator: pg.Client): Promise<Sums> {
  const { rows } = await administrator.query<{ what: string; amount: string | null }>(SUMS);
  return Object.fromEntries(rows.map(({ what, amount }) => [what, amount ?? '']));
}

export async function reconciled(administrator: pg.Client): Promise<readonly Check[]> {
  const { rows } = await administrator.query<{ what: string; looked_at: number; wrong: number }>(RECONCILE);
  return rows.map(({ what, looked_at: lookedAt, wrong }) => ({ what, lookedAt, wrong }));
}

/** Which sums are not the same in both shops. */
export function differences(expected: Sums, found: Sums): readonly string[] {
  return Object.keys({ ...expected, ...found }).filter((what) => expected[what] !== found[what]);
}
