import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

export const OUTSIDE_URL = Symbol('outside-url');

/** Where an act outside may go wrong. */
export type Moment = 'before' | 'after';

/**
 * The world: another system with a store of its own, which no transaction of ours reaches. It acts once per key. Each act
 * can be made to fail before it happened, or after, when only its answer is lost.
 */
@Injectable()
export class Outside implements OnApplicationShutdown {
  private readonly pool: pg.Pool;
  /** Called around every act; it may throw or wait. */
  weather: (act: string, moment: Moment) => void | Promise<void> = () => {};

  constructor(@Inject(OUTSIDE_URL) url: string) {
    this.pool = new pg.Pool({ connectionString: url, max: 4 });
    this.pool.on('error', () => {});
  }

  static async prepare(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE SCHEMA outside;
      CREATE TABLE outside.charge (key text PRIMARY KEY, amount integer NOT NULL, refunds integer NOT NULL DEFAULT 0);
      CREATE TABLE outside.call (act text NOT NULL, key text NOT NULL)`);
    await client.end();
  }

  async charge(key: string, amount: number): Promise<void> {
    await this.act('charge', key, () =>
      this.pool.query('INSERT INTO outside.charge (key, amount) VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, amount]),
    );
  }

  async refund(key: string): Promise<void> {
    await this.act('refund', key, () => this.pool.query('UPDATE outside.charge SET refunds = 1 WHERE key = $1', [key]));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async act(act: string, key: string, work: () => Promise<unknown>): Promise<void> {
    await this.weather(act, 'before');
    await this.pool.query('INSERT INTO outside.call (act, key) VALUES ($1, $2)', [act, key]);
    await work();
    await this.weather(act, 'after');
  }
}
