import type { Page } from '@macrolith/contract';
import { type DeliveryFilter, FilterCondition } from './delivery-filter.js';
import { type DeliveryRow, deliveryColumns, deliveryOf, LISTED_COLUMNS, type ListedDelivery } from './delivery-view.js';
import { decodeCursor, encodeCursor, type LogPlace } from './list-cursor.js';
import { logsNamed } from './logs-named.js';
import { newestFirst } from './newest-first.js';
import type { ObservedLog } from './observed-log.js';

/** Most deliveries that one page has. */
const LONGEST_PAGE = 200;

export interface PageWish {
  readonly cursor?: string | undefined;
  /** Default 50, at most 200. */
  readonly limit?: number | undefined;
}

interface Found {
  readonly log: ObservedLog;
  readonly place: LogPlace;
  readonly delivery: ListedDelivery;
}

/** Lists what the logs owe, or owed, the newest first. Each log is read by its own order, so a page costs what it shows. */
export class DeliveryList {
  constructor(private readonly logs: readonly ObservedLog[]) {}

  /** @throws LogNotFound, InvalidCursor */
  async list(filter: DeliveryFilter, { cursor, limit = 50 }: PageWish = {}): Promise<Page<ListedDelivery>> {
    const logs = logsNamed(this.logs, filter.log);
    const places = new Map(decodeCursor(cursor));
    const size = Math.min(Math.max(limit, 1), LONGEST_PAGE);
    const found = await Promise.all(logs.map((log) => newestOf(log, filter, places.get(log.name), size + 1)));
    const merged = newestFirst(found, ({ delivery }) => delivery.time, size + 1);
    const shown = merged.slice(0, size);
    for (const { log, place } of shown) places.set(log.name, place);
    const items = shown.map(({ delivery }) => delivery);
    return merged.length > size ? { items, nextCursor: encodeCursor(places) } : { items };
  }
}

async function newestOf(
  log: ObservedLog,
  filter: DeliveryFilter,
  after: LogPlace | undefined,
  limit: number,
): Promise<readonly Found[]> {
  const { name, tables, database } = log;
  const condition = new FilterCondition(filter);
  const isFurther =
    after === undefined
      ? 'true'
      : `(delivery.position, delivery.consumer) <
        (${condition.value(after.position)}::bigint, ${condition.value(after.consumer)}::text)`;
  const { rows } = await database.query<DeliveryRow & ListedDelivery>(
    `SELECT ${deliveryColumns('first line')}, ${LISTED_COLUMNS}
    FROM ${tables.delivery} AS delivery JOIN ${tables.log} AS message USING (position)
    WHERE ${condition.text} AND ${isFurther}
    ORDER BY delivery.position DESC, delivery.consumer DESC LIMIT ${condition.value(limit)}`,
    condition.values,
  );
  return rows.map((row) => ({
    log,
    place: { position: row.position, consumer: row.consumer },
    delivery: deliveryOf(name, row) as ListedDelivery,
  }));
}
