import { z } from '@macrolith/contract';

/**
 * What a person can do about a delivery:
 *
 * - `retry`: hand it over now, with all attempts before it again
 * - `discard`: owe it no longer, though it has not had its effect
 * - `replay`: hand it over once more, though it has ended, and let it act again
 */
export const InterventionAction = z.enum(['retry', 'discard', 'replay']);
export type InterventionAction = z.output<typeof InterventionAction>;

/** Who does it and why. Both are kept. */
export interface Reason {
  readonly who: string;
  readonly why: string;
}
