import { command, defineError, instant, integer, Money, Port, query, z } from '@macrolith/contract';
import { CardDeclineReason, CardToken } from './card.js';

/** The card does not pay. The network remembers that it was asked. */
export class NetworkDeclined extends defineError(
  'payments.network-declined',
  { networkId: z.string(), reason: CardDeclineReason },
  (e) => `The card network declined ${e.networkId}: ${e.reason}.`,
) {}

/** The network refused for good: asked again, it would say the same. */
export class NetworkRefused extends defineError(
  'payments.network-refused',
  { refusal: z.string() },
  (e) => `The card network refused: ${e.refusal}`,
) {}

/** An authorisation as the network knows it. */
export const NetworkAuthorisation = z.object({
  networkId: z.string(),
  /** The id of our payment, where it is one of ours. */
  reference: z.string(),
  token: z.string(),
  status: z.enum(['authorised', 'captured', 'voided', 'declined']),
  declineReason: CardDeclineReason.optional(),
  currency: z.string(),
  authorisedMinor: integer(),
  capturedMinor: integer(),
  refundedMinor: integer(),
  createdAt: instant(),
});
export type NetworkAuthorisation = z.output<typeof NetworkAuthorisation>;

const Keyed = z.object({ key: z.string().describe('The same wish has the same key, however often it is sent.') });
const Act = Keyed.extend({ networkId: z.string() });

/**
 * What payments need of a card network. Private to the module. Whatever is no declared error (the network is down, slow or
 * its answer lost) says nothing about what happened there: the same is sent again, under the same key.
 */
export abstract class CardNetwork extends Port({
  name: 'payments.card-network',
  version: '0.1.0',
  operations: {
    /** Whether there is a network at all. */
    isThere: query({ output: z.boolean() }),
    /** Holds an amount on a card. */
    authorise: command({
      input: Keyed.extend({ reference: z.string(), token: CardToken, amount: Money }),
      output: z.object({ networkId: z.string() }),
      errors: [NetworkDeclined],
      external: true,
    }),
    /** Takes the amount, and lets the rest of what is held go. */
    capture: command({ input: Act.extend({ amountMinor: integer() }), errors: [NetworkRefused], external: true }),
    /** Lets go what is held. */
    void: command({ input: Act, errors: [NetworkRefused], external: true }),
    /** Gives back a part of what was taken, or all. */
    refund: command({ input: Act.extend({ amountMinor: integer() }), errors: [NetworkRefused], external: true }),
    /** Authorisations after the one given, in the order of their ids. */
    list: query({
      input: z.object({ after: z.string().optional(), limit: z.int().min(1).max(500) }),
      output: z.array(NetworkAuthorisation),
    }),
    /** Authorisations under one reference. */
    find: query({ input: z.object({ reference: z.string() }), output: z.array(NetworkAuthorisation) }),
  },
}) {}
