import type { DeclineReason } from './cards.ts';

export type AuthorisationStatus = 'authorised' | 'captured' | 'voided' | 'declined';

/** What somebody asked a card for, and what became of it. Amounts in minor units of `currency`. */
export interface Authorisation {
  /** `auth_` and a UUIDv7: the order of the ids is the order in time. */
  readonly id: string;
  /** The merchant's own name for it. */
  readonly reference: string;
  readonly token: string;
  readonly currency: string;
  readonly status: AuthorisationStatus;
  readonly declineReason: DeclineReason | null;
  readonly authorisedMinor: bigint;
  /** What was taken. The rest of what was authorised is free again then. */
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export type Act = 'capture' | 'void' | 'refund';

export type Refusal = { readonly refused: 'state' } | { readonly refused: 'amount'; readonly possibleMinor: bigint };

/**
 * ```
 *   authorised ──capture──▶ captured ⟲ refund
 *     └────────void───────▶ voided
 * ```
 * A capture takes once, all or a part; a void ends what was not taken; refunds give back up to what was taken.
 */
export function after(authorisation: Authorisation, act: Act, amountMinor: bigint): Authorisation | Refusal {
  const { status, authorisedMinor, capturedMinor, refundedMinor } = authorisation;
  if (status !== (act === 'refund' ? 'captured' : 'authorised')) return { refused: 'state' };
  if (act === 'void') return { ...authorisation, status: 'voided' };
  const possibleMinor = act === 'capture' ? authorisedMinor : capturedMinor - refundedMinor;
  if (amountMinor < 1n || amountMinor > possibleMinor) return { refused: 'amount', possibleMinor };
  if (act === 'capture') return { ...authorisation, status: 'captured', capturedMinor: amountMinor };
  return { ...authorisation, refundedMinor: refundedMinor + amountMinor };
}

/** As it is told to others: amounts as decimal digits, since JSON numbers would round. */
export function toJson(authorisation: Authorisation) {
  const { id, reference, token, currency, status, declineReason } = authorisation;
  return {
    id,
    reference,
    token,
    currency,
    status,
    ...(declineReason === null ? {} : { declineReason }),
    authorisedMinor: authorisation.authorisedMinor.toString(),
    capturedMinor: authorisation.capturedMinor.toString(),
    refundedMinor: authorisation.refundedMinor.toString(),
    createdAt: new Date(authorisation.createdAt).toISOString(),
  };
}
