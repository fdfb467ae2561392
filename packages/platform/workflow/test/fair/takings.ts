import pg from 'pg';

/** What a fair has come to, seen from outside. */
export interface Takings {
  readonly runs: Readonly<Record<string, number>>;
  /** Sales, and how often each was closed at most. */
  readonly sales: number;
  readonly closings: number;
  readonly news: number;
  /** Pieces that are off the shelf, and those that somebody has. */
  readonly off: number;
  readonly taken: number;
  readonly wraps: number;
  /** Charges that were not refunded. */
  readonly charges: number;
  readonly charged: number;
}

/** Reads the takings as the database's administrator. */
export async function takingsOf(url: string): Promise<Takings> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: runs } = await client.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM booth.workflow_run GROUP BY status',
    );
    const { rows } = await client.query(`SELECT
      (SELECT count(*)::int FROM booth.sale) AS sales,
      (SELECT coalesce(sum(closings), 0)::int FROM booth.sale) AS closings,
      (SELECT count(*)::int FROM booth.news) AS news,
      (SELECT 1000 - quantity FROM store.shelf WHERE sku = 'lamp') AS off,
      (SELECT coalesce(sum(quantity), 0)::int FROM store.taking) AS taken,
      (SELECT coalesce(sum(wraps), 0)::int FROM store.taking) AS wraps,
      (SELECT count(*)::int FROM outside.charge WHERE refunds = 0) AS charges,
      (SELECT coalesce(sum(amount), 0)::int FROM outside.charge WHERE refunds = 0) AS charged`);
    return { runs: Object.fromEntries(runs.map(({ status, count }) => [status, count])), ...rows[0] };
  } finally {
    await client.end();
  }
}

/** The takings after `done` sales of `pieces` pieces each, and nothing else. */
export function takingsAfter(done: number, pieces: number): Omit<Takings, 'runs'> {
  return {
    sales: done,
    closings: done,
    news: done,
    off: done * pieces,
    taken: done * pieces,
    wraps: done,
    charges: done,
    charged: done * pieces * 5,
  };
}
