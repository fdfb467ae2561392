/** Cards that are paid by, and why one does not pay. All of it is public. */
import { defineError, z } from '@macrolith/contract';

/** What the card network gave for a card. Whoever has it cannot pay with it: that takes the shop's key to the network, too. */
export const CardToken = z
  .string()
  .max(80)
  .regex(/^tok_[a-z0-9_]+$/, 'Write the token that the card network gave for the card. Card numbers are not taken.');

/** A card that somebody pays with. */
export const CardMethod = z.object({ type: z.literal('card'), token: CardToken });
export type CardMethod = z.output<typeof CardMethod>;

/** A card that was kept, to be paid with again. */
export const Card = z.object({
  token: CardToken,
  label: z
    .string()
    .max(64)
    .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.')
    .describe('What people know the card by, e.g. `Visa ending in 4242`.'),
});
export type Card = z.output<typeof Card>;

export const CardDeclineReason = z.enum([
  'insufficient-funds',
  'limit-exceeded',
  'card-expired',
  'card-blocked',
  'not-honoured',
  'unknown-card',
  'withdrawn',
]);
export type CardDeclineReason = z.output<typeof CardDeclineReason>;

const DECLINED: Record<CardDeclineReason, string> = {
  'insufficient-funds': 'it has too little money available',
  'limit-exceeded': 'the amount is over its limit',
  'card-expired': 'it has expired',
  'card-blocked': 'it is blocked',
  'not-honoured': 'its bank does not honour the payment',
  'unknown-card': 'the card network does not know it',
  withdrawn: 'the payment was withdrawn before it was made',
};

/** The card does not pay this amount. Nothing is held. */
export class CardDeclined extends defineError(
  'payments.card-declined',
  { reason: CardDeclineReason },
  (e) => `The card declined the payment: ${DECLINED[e.reason]}. Use another card, or another way to pay.`,
) {}

/** No card network is configured, so nobody can pay by card here. */
export class CardsNotTaken extends defineError(
  'payments.cards-not-taken',
  {},
  () => 'Cards are not taken here. Use another way to pay.',
) {}

/** What came as news of the card network is not from it, or is too old to be believed. Nothing has changed. */
export class NotFromCardNetwork extends defineError(
  'payments.not-from-card-network',
  { problem: z.enum(['signature', 'time', 'content']) },
  (e) =>
    ({
      signature:
        'The signature is not that of the card network. Sign id, time and body with the secret that was agreed.',
      time: 'The time is too far from now. Sign the news anew each time that it is sent.',
      content: 'The body is no news of an authorisation.',
    })[e.problem],
) {}

/** Whether the card network has done what it was asked to do for a payment after it was authorised. */
export const Settlement = z.enum(['pending', 'settled', 'failed']);
export type Settlement = z.output<typeof Settlement>;
