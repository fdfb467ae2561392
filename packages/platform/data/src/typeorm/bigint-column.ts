import type { ValueTransformer } from 'typeorm';

/**
 * A `bigint` column as a JavaScript bigint, or null. PostgreSQL's driver hands it over as text, since a number holds 53
 * bits only: `@Column('bigint', { name: 'total_minor', transformer: bigintColumn })`.
 */
export const bigintColumn: ValueTransformer = {
  to: (value: bigint | null) => value,
  from: (text: string | null) => (text === null ? null : BigInt(text)),
};

/**
 * A `bigint` column as a JavaScript number, or null, for counts that stay below 2^53.
 *
 * @throws RangeError when it is read, for a value that a number would round
 */
export const safeIntegerColumn: ValueTransformer = {
  to: (value: number | null) => value,
  from: (text: string | null) => (text === null ? null : safeInteger(text)),
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`A column holds ${text}, which a number would round. Declare it with bigintColumn instead.`);
  }
  return value;
}
