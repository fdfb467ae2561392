import pg from 'pg';

/** One time that the workshop was at a piece. */
export interface Job {
  readonly task: string;
  readonly piece: string;
  readonly messageId: string;
  readonly process: number;
  readonly beganAt: Date;
  /** Null while it is at it, and for ever if it died at it. */
  readonly endedAt: Date | null;
}

/** Looks past the walls into what the desk has placed and the workshop has done. */
export class WorkshopRecords {
  private readonly client: pg.Client;

  constructor(databaseUrl: string) {
    this.client = new pg.Client(databaseUrl);
  }

  open(): Promise<unknown> {
    return this.client.connect();
  }

  close(): Promise<void> {
    return this.client.end();
  }

  async query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(text, values)).rows;
  }

  jobs(): Promise<Job[]> {
    return this.query<Job>(
      `SELECT task, piece, message_id AS "messageId", process, began_at AS "beganAt", ended_at AS "endedAt"
      FROM workshop.job ORDER BY id`,
    );
  }

  async pieces(): Promise<string[]> {
    return (await this.jobs()).map(({ piece }) => piece);
  }

  async owed(): Promise<number> {
    const [row] = await this.query<{ n: number }>(`SELECT count(*)::int AS n FROM desk.delivery WHERE state = 'open'`);
    return row!.n;
  }

  async states(): Promise<string[]> {
    const rows = await this.query<{ state: string }>('SELECT state FROM desk.delivery ORDER BY position');
    return rows.map(({ state }) => state);
  }

  /** The most that were at work at the same moment, of those that were not interrupted. */
  async mostAtOnce(task: string): Promise<number> {
    const [row] = await this.query<{ most: number }>(
      `SELECT coalesce(max(at_once), 0)::int AS most FROM (
        SELECT count(*) AS at_once FROM workshop.job AS moment JOIN workshop.job AS job
          ON job.began_at <= moment.began_at AND job.ended_at > moment.began_at AND job.task = moment.task
        WHERE moment.task = $1 AND moment.ended_at IS NOT NULL GROUP BY moment.id) AS counted`,
      [task],
    );
    return row!.most;
  }

  /** Lets the hour come that delayed tasks wait for. */
  async makeDue(): Promise<void> {
    await this.query(`UPDATE desk.delivery SET due_at = now() WHERE due_at > now()`);
  }
}
