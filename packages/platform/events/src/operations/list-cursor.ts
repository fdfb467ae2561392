import { InvalidCursor } from './operation-errors.js';

/** The last row that was shown of one log. */
export interface LogPlace {
  readonly position: string;
  readonly consumer: string;
}

/** How far each log was shown. */
export type ListPlaces = ReadonlyMap<string, LogPlace>;

/** Where the next page of a list over several logs begins, as text that a caller hands back. */
export function encodeCursor(places: ListPlaces): string {
  const rows = [...places].map(([log, { position, consumer }]) => [log, position, consumer]);
  return Buffer.from(JSON.stringify(rows)).toString('base64url');
}

/** @throws InvalidCursor */
export function decodeCursor(cursor: string | undefined): ListPlaces {
  if (cursor === undefined) return new Map();
  const rows = parsed(cursor);
  if (!Array.isArray(rows) || !rows.every(isRow)) throw new InvalidCursor({});
  return new Map(rows.map(([log, position, consumer]) => [log, { position, consumer }]));
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function isRow(row: unknown): row is [log: string, position: string, consumer: string] {
  return (
    Array.isArray(row) &&
    row.length === 3 &&
    row.every((part) => typeof part === 'string') &&
    /^\d{1,18}$/.test(row[1] as string)
  );
}
