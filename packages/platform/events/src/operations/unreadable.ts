import { newestFirst } from './newest-first.js';
import type { ObservedLog } from './observed-log.js';

/** A message that came over a broker and is no event. It is kept as it came, and nobody is handed it. */
export interface UnreadableView {
  readonly log: string;
  /** Its number in the stream. */
  readonly sequence: string;
  readonly subject: string;
  /** Why it is no event. */
  readonly reason: string;
  /** When the broker had stored it. */
  readonly storedAt: Date;
  /** JSON text of an object: values by name. */
  readonly headers: string;
  /** Its first bytes as text; what is no UTF-8 shows as \uFFFD. */
  readonly payload: string;
  /** How many bytes it has in all. */
  readonly bytes: number;
}

/** Of a payload no more is shown. */
const SHOWN_BYTES = 2_000;

/** What came over a broker and could not be read, for whoever corrects its publisher. */
export class UnreadableMessages {
  constructor(private readonly logs: readonly ObservedLog[]) {}

  /** At most `limit`, the newest first. */
  async list(limit: number): Promise<readonly UnreadableView[]> {
    const lists = await Promise.all(this.logs.map((log) => unreadableOf(log, limit)));
    return newestFirst(lists, ({ storedAt }) => storedAt, limit);
  }
}

type Row = Omit<UnreadableView, 'log' | 'payload'> & { readonly payload: Buffer };

async function unreadableOf({ name, tables, database }: ObservedLog, limit: number): Promise<UnreadableView[]> {
  if (tables.unreadable === undefined) return [];
  const { rows } = await database.query<Row>(
    `SELECT sequence::text, subject, reason, stored_at AS "storedAt", headers, octet_length(payload) AS bytes,
      substr(payload, 1, ${SHOWN_BYTES}) AS payload
    FROM ${tables.unreadable} ORDER BY stored_at DESC, sequence DESC LIMIT $1`,
    [limit],
  );
  return rows.map(({ payload, ...row }) => ({ log: name, ...row, payload: payload.toString('utf8') }));
}
