import type { ValueTransformer } from 'typeorm';

/** Minor units of a currency as a bigint: PostgreSQL's driver hands a bigint over as text. */
export const minorUnitsColumn: ValueTransformer = {
  to: (minor: bigint | null) => minor,
  from: (text: string | null) => (text === null ? null : BigInt(text)),
};
