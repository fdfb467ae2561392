import type pg from 'pg';
import { ConnectionLost } from '../errors/connection-errors.js';
import type { Control } from '../protocol/control.js';
import { GroupedQuery, type QueryCallback, type ReadyStatement } from '../protocol/grouped-query.js';
import { isLost } from '../protocol/pg-connection.js';
import type { StatisticsCounter } from './statistics.js';

/** One connection of the pool, for as long as one unit of work or one statement needs it. */
export class Lease {
  private underWay = 0;
  private isCorked = false;
  private onLost: ((error: Error) => void) | undefined;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly statistics: StatisticsCounter,
  ) {}

  /** Whether the connection is gone. Nothing that was not committed is left then. */
  get isLost(): boolean {
    return isLost(this.client);
  }

  /** Calls `listener` when the connection breaks while it is leased, also when nothing is under way on it. */
  whenLost(listener: (error: Error) => void): void {
    this.onLost = listener;
    this.client.on('error', listener);
  }

  /** Sends `statement` with `controls` in front of it. Does not wait for what was sent before. */
  send(controls: readonly Control[], statement: ReadyStatement, answered: QueryCallback): void {
    this.statistics.statements += 1;
    this.transmit(controls, statement, answered);
  }

  /** Sends a statement of the platform's own, e.g. COMMIT. */
  control(controls: readonly Control[], text: string): Promise<pg.QueryResult> {
    this.statistics.controlStatements += 1;
    return new Promise((resolve, reject) => {
      this.transmit(controls, { text, values: undefined, name: undefined }, (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });
  }

  /** Hands the connection back; with an error, or when it is lost, the pool closes it. */
  release(error?: Error): void {
    if (this.onLost !== undefined) this.client.removeListener('error', this.onLost);
    this.client.release(error);
  }

  private transmit(controls: readonly Control[], statement: ReadyStatement, answered: QueryCallback): void {
    if (this.underWay === 0) this.statistics.roundTrips += 1;
    this.statistics.controlStatements += controls.length;
    this.underWay += 1;
    this.corkUntilNextTick();
    const query = new GroupedQuery(statement, controls, (error, result) => {
      this.underWay -= 1;
      answered(error && this.isLost ? new ConnectionLost(error) : error, result);
    });
    this.client.query(query as unknown as pg.Submittable);
  }

  /** What is sent before the event loop goes on leaves in one write: statements side by side are one packet. */
  private corkUntilNextTick(): void {
    if (this.isCorked) return;
    this.isCorked = true;
    const { stream } = this.client.connection;
    stream.cork();
    process.nextTick(() => {
      this.isCorked = false;
      stream.uncork();
    });
  }
}
