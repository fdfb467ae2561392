import { instant, integer, z } from '@macrolith/contract';
import { CardDeclineReason } from './card.js';
import type { NetworkAuthorisation } from './card-network.js';

/** What the network says of an authorisation. A reason that is not known here is one all the same. */
export const WireAuthorisation = z.object({
  id: z.string(),
  reference: z.string(),
  token: z.string(),
  status: z.enum(['authorised', 'captured', 'voided', 'declined']),
  declineReason: z.string().optional(),
  currency: z.string(),
  authorisedMinor: integer(),
  capturedMinor: integer(),
  refundedMinor: integer(),
  createdAt: instant(),
});

export const WireAuthorisations = z.object({ items: z.array(WireAuthorisation) });

/** A refusal, of which a decline is one kind. */
export const WireRefusal = z.object({
  error: z.string(),
  message: z.string(),
  reason: z.string().optional(),
  authorisation: z.object({ id: z.string() }).optional(),
});

/** What the network tells by itself: what was done to an authorisation, and under which key it was asked for. */
export const WireEvent = z.object({
  type: z.enum(['authorisation.authorise', 'authorisation.capture', 'authorisation.void', 'authorisation.refund']),
  key: z.string(),
  authorisation: WireAuthorisation,
});

export function reasonFrom(text: string | undefined): CardDeclineReason {
  const known = CardDeclineReason.safeParse(text);
  return known.success ? known.data : 'not-honoured';
}

export function toAuthorisation(wire: z.output<typeof WireAuthorisation>): NetworkAuthorisation {
  const { id, declineReason, ...same } = wire;
  return {
    networkId: id,
    ...same,
    ...(declineReason === undefined ? {} : { declineReason: reasonFrom(declineReason) }),
  };
}
