import { eventually } from '@macrolith/testing';
import type pg from 'pg';

/**
 * Waits until everything is done, by whichever process: nothing that was said is still on its way to somebody who wants to hear it,
 * every run has ended, and the card network was told all that it is to know.
 */
export async function atRest({ administrator }: { readonly administrator: pg.Pool }): Promise<void> {
  const { rows: tables } = await administrator.query<{ schema: string; name: string }>(
    'SELECT schemaname AS schema, tablename AS name FROM pg_tables',
  );
  const called = (name: string) =>
    tables.filter((table) => table.name === name).map(({ schema }) => `${schema}.${name}`);
  // In one statement: what one module handles becomes what another one is owed in a single commit.
  const owed = [
    ...[...called('delivery'), ...called('received_delivery')].map(
      (deliveries) => `SELECT '${deliveries}' AS place, state, failure FROM ${deliveries} WHERE state <> 'done'`,
    ),
    ...called('workflow_run').map(
      (runs) => `SELECT '${runs}', status, failure FROM ${runs} WHERE status IN ('running', 'compensating')`,
    ),
    ...called('card_settlement').map(
      (settlements) => `SELECT '${settlements}', state, NULL FROM ${settlements} WHERE state IN ('open', 'asked')`,
    ),
    ...called('received').flatMap((received) =>
      called('outbox').map(
        (outbox) => `SELECT '${received}', said.type, NULL
          FROM ${received}_consumer AS wanted JOIN ${outbox} AS said ON said.type LIKE wanted.event || '.v%'
          WHERE NOT EXISTS (SELECT FROM ${received} AS here WHERE here.id = said.id)`,
      ),
    ),
  ].join(' UNION ALL ');
  await eventually(
    'Rest',
    async () => (await administrator.query(owed)).rows,
    (rows) => rows.length === 0,
    { withinMs: 60_000 },
  );
}
