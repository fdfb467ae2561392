import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** What is in the tables that are written to here. */
export interface OrderContents {
  readonly runs: number;
  readonly messages: number;
  /** In a table that has no key. */
  readonly interventions: readonly string[];
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** Writes to tables of the module orders as an old process does that nobody has told anything. */
export class OrderTables {
  written = 0;
  private readonly interventions: string[] = [];

  private constructor(
    private readonly url: string,
    private readonly client: pg.Client,
    private readonly role: string,
  ) {}

  static async open(url: string, role: string): Promise<OrderTables> {
    const client = new pg.Client(url);
    await client.connect();
    return new OrderTables(url, client, role);
  }

  static async contents(url: string): Promise<OrderContents> {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<OrderContents>(
      `SELECT (SELECT count(*)::int FROM orders.workflow_run) AS runs, (SELECT count(*)::int FROM orders.outbox) AS messages,
        (SELECT array_agg(who || ' ' || why ORDER BY who COLLATE "C") FROM orders.workflow_intervention) AS interventions`,
    );
    await client.end();
    return rows[0]!;
  }

  get expected(): OrderContents {
    return { runs: this.written, messages: this.written, interventions: this.interventions.toSorted() };
  }

  /** Writes until it is refused, and answers by which SQLSTATE. */
  async write(): Promise<string | undefined> {
    for (;;) {
      try {
        await this.writeOnce();
      } catch (error) {
        return (error as { code?: string }).code;
      }
    }
  }

  /** A run, a message, and an intervention; of three interventions one is changed and one is taken back. */
  async writeOnce(): Promise<void> {
    const nth = this.written;
    const who = `person ${String(nth).padStart(6, '0')}`;
    const isChanged = nth % 3 === 1;
    const isRemoved = nth % 3 === 2;
    try {
      await this.client.query(`BEGIN; SET LOCAL ROLE ${this.role}`);
      const run = randomUUID();
      await this.client.query(
        `INSERT INTO orders.workflow_run (id, workflow, version, shape, status, context) VALUES ($1, 'w', 1, 's', 'running', '{}')`,
        [run],
      );
      await this.client.query(
        `INSERT INTO orders.outbox (id, kind, source, type, key, data, correlation_id) VALUES ($1, 'event', '/', 't', $2, '{}', '')`,
        [randomUUID(), who],
      );
      await this.client.query(
        `INSERT INTO orders.workflow_intervention (run_id, action, who, why) VALUES ($1, 'retry', $2, 'said')`,
        [run, who],
      );
      if (isChanged)
        await this.client.query(`UPDATE orders.workflow_intervention SET why = 'changed' WHERE who = $1`, [who]);
      if (isRemoved) await this.client.query('DELETE FROM orders.workflow_intervention WHERE who = $1', [who]);
      await this.client.query('COMMIT');
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => {});
      throw error;
    }
    this.written += 1;
    if (!isRemoved) this.interventions.push(`${who} ${isChanged ? 'changed' : 'said'}`);
  }

  /** SQLSTATE by which a change is refused now; undefined when it is not. */
  async refusal(): Promise<string | undefined> {
    // On a connection of its own: the writer's is in use.
    const client = new pg.Client(this.url);
    await client.connect();
    try {
      await client.query(`BEGIN; SET LOCAL ROLE ${this.role}; DELETE FROM orders.inbox; ROLLBACK`);
      return undefined;
    } catch (error) {
      return (error as { code?: string }).code === INSUFFICIENT_PRIVILEGE ? INSUFFICIENT_PRIVILEGE : undefined;
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
