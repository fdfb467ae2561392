import pg from 'pg';
import type { Sale } from '../sale.js';

/** What a client and a pool's client have in common. */
export interface Connection {
  query(statement: { name?: string; text: string; values: unknown[] }): Promise<{ rows: any[] }>;
}

/**
 * The changes and effects of the peers: by hand, on the tables that macrolith uses too, with named statements, under one
 * role without walls.
 */
export class RawBooks {
  readonly pool: pg.Pool;

  constructor(url: string, connections: number) {
    this.pool = new pg.Pool({ connectionString: url, max: connections });
  }

  /** Makes the change, and has `say` write of it, in one transaction. */
  sell({ batch, number, key }: Sale, say: (connection: Connection) => Promise<unknown>): Promise<void> {
    return this.transaction(async (client) => {
      await client.query({
        name: 'sell',
        text: 'INSERT INTO market.sale (batch, number, key) VALUES ($1, $2, $3)',
        values: [batch, number, key],
      });
      await say(client);
    });
  }

  /** The effect and a row in the inbox, in one transaction: whatever is handed over twice acts once. */
  enterOnce(messageId: string, sale: Sale): Promise<void> {
    return this.transaction(async (client) => {
      const { rowCount } = await client.query({
        name: 'inbox',
        text: `INSERT INTO ledger.inbox (consumer, message_id, round) VALUES ('peer', $1, 0) ON CONFLICT DO NOTHING`,
        values: [messageId],
      });
      if (rowCount === 1) await enter(client, sale);
    });
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async transaction(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }
}

/** The handler's effect. */
export async function enter(connection: Connection, { batch, number, key }: Sale): Promise<void> {
  await connection.query({
    name: 'enter',
    text: 'INSERT INTO ledger.entry (batch, number, key) VALUES ($1, $2, $3)',
    values: [batch, number, key],
  });
}
