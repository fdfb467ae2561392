import type { PaymentAction, Transition } from '../payment-transition.js';
import type { SettlementAct } from './settlement.entity.js';

/**
 * What the network is to do when a payment by card changes; `undefined` where it has nothing to do. A part that is voided is
 * let go with the capture, which takes less. What comes to nothing is not taken but let go.
 */
export function settledAct(
  action: PaymentAction,
  { next, balanceDeltaMinor }: Transition,
): { readonly act: SettlementAct; readonly amountMinor: bigint } | undefined {
  if (next.authorisedMinor === 0n) return undefined;
  switch (action) {
    case 'capture':
      if (next.capturedMinor === 0n) return { act: 'void', amountMinor: 0n };
      return { act: 'capture', amountMinor: next.capturedMinor };
    case 'void':
      return next.status === 'voided' ? { act: 'void', amountMinor: 0n } : undefined;
    case 'refund':
      return balanceDeltaMinor === 0n ? undefined : { act: 'refund', amountMinor: balanceDeltaMinor };
    case 'reinstate':
      return undefined;
  }
}
