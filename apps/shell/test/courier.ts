import { Delivery } from '@macrolith/events/local';
import type { Shop } from './shop.js';

/** One event that is owed to one consumer. */
export type Owed = Parameters<Delivery['deliver']>[0];

const MODULES = ['catalog', 'inventory', 'payments', 'orders', 'shipping'];

/** Everything that is owed and may be handed over now: of each consumer and key the oldest. */
const HEADS = MODULES.map(
  (schema) => `
  SELECT '${schema}' AS schema, delivery.position::text AS position, delivery.consumer, delivery.round, message.id,
    message.kind, message.source, message.type, message.key, message.time, message.data,
    message.correlation_id AS "correlationId", message.causation_id AS "causationId"
  FROM (
    SELECT DISTINCT ON (consumer, key) * FROM ${schema}.delivery WHERE state = 'open' ORDER BY consumer, key, position
  ) AS delivery JOIN ${schema}.outbox AS message USING (position) WHERE message.kind = 'event'`,
).join(' UNION ALL ');

/**
 * Hands events over one at a time, in whatever order a test wants, where the relay of the shop is off. Order per consumer
 * and key is kept, as the relay keeps it.
 */
export class Courier {
  constructor(private readonly shop: Shop) {}

  /** What may be handed over now, in an order that is the same each time. */
  async owed(): Promise<readonly Owed[]> {
    const { rows } = await this.shop.administrator.query(`${HEADS} ORDER BY time, type, consumer`);
    return rows.map((row) => ({
      ...row,
      causationId: row.causationId ?? undefined,
      traceparent: undefined,
      attempt: 1,
    }));
  }

  /** Hands it over and notes that. */
  async handOver(owed: Owed): Promise<void> {
    await this.repeat(owed);
    const { schema, position, consumer } = owed as Owed & { readonly schema: string };
    await this.shop.administrator.query(
      `UPDATE ${schema}.delivery SET state = 'done', closed_at = now() WHERE position = $1 AND consumer = $2`,
      [position, consumer],
    );
  }

  /** Hands it over again, as after a crash before it could be noted. With another `round`: as somebody asks to replay it. */
  async repeat(owed: Owed, round = owed.round): Promise<void> {
    await this.shop.modules.get(Delivery).deliver({ ...owed, round }, Date.now() + 10_000);
  }

  /** Hands over all there is, and what comes of it. */
  async handOverAll(): Promise<void> {
    for (;;) {
      const owed = await this.owed();
      if (owed.length === 0) return;
      for (const each of owed) await this.handOver(each);
    }
  }
}
