/** How much an order looks like fraud: the public API of fraud. */
import { defineError, Money, Port, query, z } from '@macrolith/contract';

const CustomerId = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:@-]*$/,
    'Use letters, digits, dots, underscores, colons, @ and dashes; begin with a letter or digit.',
  );

/** What is known of an order before anybody pays for it. It says nothing of who the customer is but the id. */
export const OrderToScore = z.object({
  orderId: z.uuid(),
  customerId: CustomerId,
  country: z.string().min(1).max(64).optional().describe('Where the goods go, as the customer wrote it.'),
  payer: z
    .enum(['account', 'card'])
    .describe('An account belongs to somebody whom the shop knows; a card may be stolen.'),
  total: Money.describe('What the order costs: nothing, or more.'),
  pieces: z.int().min(1).describe('Of all products together.'),
});
export type OrderToScore = z.output<typeof OrderToScore>;

export const FraudScore = z.object({
  score: z.int().min(0).max(100).describe('0 is harmless. What is too much is for whoever asks to say.'),
  reasons: z
    .array(z.string().max(100))
    .max(20)
    .describe('What speaks against the order, each in a word or two. Empty when nothing does.'),
});
export type FraudScore = z.output<typeof FraudScore>;

/** A total below zero is that of no order. */
export class NegativeTotal extends defineError(
  'fraud.negative-total',
  { orderId: z.uuid(), total: Money },
  (e) => `Order ${e.orderId} costs less than nothing, and cannot be scored. Send what the customer is to pay.`,
) {}

/** How much an order looks like fraud. */
export abstract class Fraud extends Port({
  name: 'fraud',
  version: '0.1.0',
  operations: {
    /** The same order gets the same score, however often it is asked for. */
    scoreOrder: query({ input: OrderToScore, output: FraudScore, errors: [NegativeTotal] }),
  },
}) {}
