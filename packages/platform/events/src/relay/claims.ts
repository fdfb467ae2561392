import type { ModuleDatabase } from '@macrolith/data';
import type { DeliveredMessage } from '../log/message.js';
import type { DeliveryStatements } from './delivery-statements.js';
import { type MessageRow, messageOf } from './message-row.js';

/** How many more messages a consumer can work on. */
export interface Free {
  readonly consumer: string;
  readonly free: number;
}

export interface Claimed {
  readonly messages: readonly DeliveredMessage[];
  /** How many were met that wait behind others, and set aside. */
  readonly parked: number;
}

type ClaimRow = { readonly parked: number } & (MessageRow | { readonly position: null });

/** Every so many claims the newest go first, so that a long backlog of old messages does not keep new ones waiting. */
const NEWEST_EVERY = 8;

/** How many deliveries a claim looks at besides those that it may take. */
const LOOK_AHEAD = { least: 4, most: 1_024 };

/** Claims what one log owes: the oldest first, but for what is new. */
export class Claims {
  private count = 0;
  private lookAhead = LOOK_AHEAD.least;
  private hasNews = false;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly statements: DeliveryStatements,
    private readonly leaseMs: number,
  ) {}

  /** Something was written that had better be found before a backlog. */
  hear(): void {
    this.hasNews = true;
  }

  /** At most `limit` messages in all. */
  async claim(free: readonly Free[], limit: number): Promise<Claimed> {
    const statement = this.wantsNewest() ? this.statements.claimNewest : this.statements.claim;
    const { rows } = await this.database.queryByIndexes<ClaimRow>(statement, [
      free.map(({ consumer }) => consumer),
      free.map((each) => each.free),
      limit,
      this.leaseMs / 1000,
      this.lookAhead,
    ]);
    const claimed = rows.filter((row) => row.position !== null);
    const { parked } = rows[0]!;
    this.lookFurther(claimed.length < limit ? parked : 0);
    return { messages: claimed.map(({ parked, ...row }) => messageOf(row)), parked };
  }

  /** News at once, though never twice in a row: what is old has its turn in between. */
  private wantsNewest(): boolean {
    this.count += 1;
    const wants = this.count % NEWEST_EVERY === 0 || (this.hasNews && this.count % 2 === 0);
    if (wants) this.hasNews = false;
    return wants;
  }

  /** Looking at a row locks it, so as few as will do; but where much waits behind few keys, it is set aside in big parts. */
  private lookFurther(metInVain: number): void {
    const { least, most } = LOOK_AHEAD;
    this.lookAhead =
      metInVain >= this.lookAhead ? Math.min(most, this.lookAhead * 4) : Math.max(least, this.lookAhead >> 1);
  }
}
