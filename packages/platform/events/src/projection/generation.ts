import { PlatformError } from '@macrolith/core';
import type { EventEnvelope } from '../log/message.js';

/**
 * The rows that a projection makes of the log, from the beginning to now. One answers; another may be built beside it.
 *
 *     building ──caught up──▶ live ──another is live──▶ retired ──its rows are removed──▶ (gone)
 */
export type GenerationState = 'building' | 'live' | 'retired';

export interface Generation {
  /** Counts from 1 and is never used again. */
  readonly number: number;
  readonly state: GenerationState;
  readonly startedAt: Date;
  /** Since when it answers. */
  readonly liveAt: Date | undefined;
  /** Whether everybody who had it under way is done by now. */
  readonly isCold: boolean;
  /** Events that were in the log when it was started. */
  readonly total: number;
  /** When the oldest event that it knows happened. */
  readonly logFrom: Date | undefined;
}

/** Separates a consumer from its generation: `analytics.recordSale@2` is handed to the method of `analytics.recordSale`. */
export const GENERATION_MARK = '@';

/** The consumer by which a generation hears. */
export function consumerOf(subscriber: string, generation: number): string {
  return `${subscriber}${GENERATION_MARK}${generation}`;
}

/** A subscriber that is no projection asked for its generation. */
export class NotAProjection extends PlatformError {
  readonly code = 'macrolith.not-a-projection';
  constructor(readonly consumer: string) {
    super(`'${consumer}' has no generation: its class is no projection. Decorate it with @Projection(…).`);
  }
}

/** Which generation of a projection an event is to be recorded in. @throws NotAProjection */
export function generationOf({ consumer }: EventEnvelope): number {
  const [, generation] = consumer.split(GENERATION_MARK);
  if (generation === undefined) throw new NotAProjection(consumer);
  return Number(generation);
}
