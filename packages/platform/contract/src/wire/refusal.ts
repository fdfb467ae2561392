import type { SchemaPart } from './schema-part.js';

/** Why a part of a schema cannot cross a wire, and what to write instead. */
export interface Refusal {
  /** As the author wrote it: `z.date()`. */
  readonly what: string;
  /** Continues "is refused, because". */
  readonly why: string;
  /** A sentence. */
  readonly remedy: string;
}

/** Looks at one part of a schema; `undefined` lets it pass. */
export type Rule = (part: SchemaPart) => Refusal | undefined;
