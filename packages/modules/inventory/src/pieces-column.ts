import type { ValueTransformer } from 'typeorm';

/** Pieces as a number: PostgreSQL's driver hands over a bigint as text, and no warehouse holds 2^53 of anything. */
export const piecesColumn: ValueTransformer = { to: (pieces: number) => pieces, from: Number };
