import type { PaymentStatus } from './index.js';

export type PaymentAction = 'capture' | 'void' | 'refund' | 'reinstate';

/** Where a payment stands. Amounts in minor units; at no time is more given back than was taken. */
export interface PaymentState {
  readonly status: PaymentStatus;
  readonly authorisedMinor: bigint;
  readonly voidedMinor: bigint;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
}

/** What an action does: the payment's next state, and by how much it changes the account. */
export interface Transition {
  readonly next: PaymentState;
  readonly heldDeltaMinor: bigint;
  readonly balanceDeltaMinor: bigint;
}

/** Why an action is not possible. */
export type Refusal =
  | { readonly refused: 'state' }
  | { readonly refused: 'amount'; readonly requestedMinor: bigint; readonly possibleMinor: bigint };

/**
 * ```
 *   authorised ──capture──▶ captured ──refund──▶ refunded
 *     │    ▲  ⟲ void part      ⟲ refund part
 *   void   │
 *     ▼    │ reinstate
 *   voided ┘
 * ```
 * With `amountMinor` the action concerns that part and the payment goes on, even if nothing is left to void or to refund:
 * an order may go on with free goods only. Without, it concerns all that is left and ends the payment. A capture always
 * takes all that is held.
 */
export function transition(state: PaymentState, action: PaymentAction, amountMinor?: bigint): Transition | Refusal {
  if (!ALLOWED[action].includes(state.status)) return { refused: 'state' };
  const possibleMinor = possible(state, action);
  const partMinor = action === 'capture' ? possibleMinor : (amountMinor ?? possibleMinor);
  if (partMinor > possibleMinor) return { refused: 'amount', requestedMinor: partMinor, possibleMinor };
  return TRANSITIONS[action](plain(state), partMinor, amountMinor === undefined);
}

/** Without what else the caller's object holds. */
function plain({ status, authorisedMinor, voidedMinor, capturedMinor, refundedMinor }: PaymentState): PaymentState {
  return { status, authorisedMinor, voidedMinor, capturedMinor, refundedMinor };
}

/** What the payment has a claim on. */
export function openHoldMinor({ status, authorisedMinor, voidedMinor }: PaymentState): bigint {
  return status === 'authorised' ? authorisedMinor - voidedMinor : 0n;
}

const ALLOWED: Record<PaymentAction, readonly PaymentStatus[]> = {
  capture: ['authorised'],
  void: ['authorised'],
  refund: ['captured'],
  reinstate: ['authorised', 'voided'],
};

function possible(state: PaymentState, action: PaymentAction): bigint {
  if (action === 'refund') return state.capturedMinor - state.refundedMinor;
  if (action === 'reinstate') return state.voidedMinor;
  return openHoldMinor(state);
}

const TRANSITIONS: Record<PaymentAction, (state: PaymentState, partMinor: bigint, ends: boolean) => Transition> = {
  capture: (state, partMinor) => ({
    next: { ...state, status: 'captured', capturedMinor: partMinor },
    heldDeltaMinor: -partMinor,
    balanceDeltaMinor: -partMinor,
  }),
  void: (state, partMinor, ends) => ({
    next: { ...state, status: ends ? 'voided' : state.status, voidedMinor: state.voidedMinor + partMinor },
    heldDeltaMinor: -partMinor,
    balanceDeltaMinor: 0n,
  }),
  refund: (state, partMinor, ends) => ({
    next: { ...state, status: ends ? 'refunded' : state.status, refundedMinor: state.refundedMinor + partMinor },
    heldDeltaMinor: 0n,
    balanceDeltaMinor: partMinor,
  }),
  reinstate: (state, partMinor) => ({
    next: { ...state, status: 'authorised', voidedMinor: state.voidedMinor - partMinor },
    heldDeltaMinor: partMinor,
    balanceDeltaMinor: 0n,
  }),
};
