import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CardShop } from './card-shop.js';
import { REMOTE } from './elsewhere.js';
import { randomSource } from './random-source.js';

/** A longer run, or the run of another seed: `CARD_CHAOS_SEED=7 CARD_CHAOS_KILLS=100`. */
const SEED = Number(process.env.CARD_CHAOS_SEED ?? 20261126);
const KILLS = Number(process.env.CARD_CHAOS_KILLS ?? 6);
const WISHES_PER_KILL = 6;
const CALLERS = 6;
/** A process takes seconds to come back on a busy machine. */
const PATIENCE_MS = 120_000 + KILLS * 20_000;

const PAYERS = [
  { card: { token: 'tok_visa_4242' } },
  { card: { token: 'tok_mastercard_4444' } },
  { card: { token: 'tok_visa_no_funds_9995' } },
  { accountId: 'acct-river-studio' },
];
const FAULTS = [
  { kind: 'lost' },
  { kind: 'dead' },
  { kind: 'error' },
  { kind: 'twice' },
  { kind: 'slow', delayMs: 2_500 },
  { kind: 'slow-before', delayMs: 2_500 },
] as const;
const TARGETS = ['authorise', 'capture', 'void', 'refund', 'webhook'] as const;

let shop: CardShop;
beforeEach(async () => {
  shop = await CardShop.open();
});
afterEach(() => shop.close());

test(
  'whatever is killed and whatever the network does: no double charge, no charge without an order, no order without a charge',
  async () => {
    const random = randomSource(SEED);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
    const wishes = Array.from({ length: KILLS * WISHES_PER_KILL }, (_, n) => ({
      reference: `wish-${n}`,
      payer: pick(PAYERS),
      fate: pick(['fulfil', 'cancel', 'refund', 'nothing'] as const),
    }));

    let isOver = false;
    const kills = async (): Promise<void> => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await sleep(200 + random() * 1_300);
        await shop.network.fail({ on: pick(TARGETS), times: 1 + Math.floor(random() * 3), ...pick(FAULTS) });
        await sleep(random() * 300);
        const whom = random();
        if (whom < 0.3) {
          await shop.killNetwork();
          await shop.startNetwork();
        } else if (whom > 0.65 && REMOTE.length > 0) {
          await shop.replaceElsewhere();
        } else {
          await shop.killShell();
          await shop.startShell();
        }
      }
      isOver = true;
    };
    const queue = [...wishes];
    const caller = async (): Promise<void> => {
      for (let wish = queue.shift(); wish !== undefined; wish = queue.shift()) await fulfilWish(wish);
      // Somebody is always there while processes die.
      while (!isOver) await sleep(50);
    };
    await Promise.all([kills(), ...Array.from({ length: CALLERS }, caller)]);
    await shop.network.heal();
    await shop.rest();

    expect({ seed: SEED, differences: await shop.differences() }).toEqual({ seed: SEED, differences: [] });
    const charges = await shop.network.authorisations();
    const made = charges.filter(({ status }) => status !== 'declined');
    const orders = await shop.rows<{
      payment_id: string;
      status: string;
      reference: string;
      card_token: string | null;
    }>('SELECT * FROM orders.order_header');
    const byCard = orders.filter((order) => order.card_token !== null);
    expect(orders.filter(({ status }) => status === 'pending')).toEqual([]);
    expect(new Set(orders.map(({ reference }) => reference)).size).toBe(orders.length);
    expect(made.map(({ reference }) => reference).sort()).toEqual(byCard.map((order) => order.payment_id).sort());
    expect(await shop.count(`inventory.reservation WHERE status = 'held'`)).toBe(
      orders.filter(({ status }) => status === 'placed').length,
    );
    expect(charges.length - made.length).toBe(wishes.filter(({ payer }) => payer === PAYERS[2]).length);
    expect(orders.length).toBe(wishes.filter(({ payer }) => payer !== PAYERS[2]).length);
  },
  PATIENCE_MS,
);

interface Wish {
  readonly reference: string;
  readonly payer: object;
  readonly fate: 'fulfil' | 'cancel' | 'refund' | 'nothing';
}

/** Says what it wants until it is answered for good, always under the same keys. */
async function fulfilWish({ reference, payer, fate }: Wish): Promise<void> {
  if ((await untilAnswered(() => shop.place(reference, payer))) !== 201 || fate === 'nothing') return;
  const { order_id: orderId } = (await shop.orderOf(reference))!;
  const ask = (what: string) =>
    untilAnswered(() => shop.post(`/api/orders/orders/${orderId}/${what}`, {}, `${what}-${reference}`));
  if (fate !== 'cancel') await ask('fulfil');
  if (fate !== 'fulfil') await ask('cancel');
}

async function untilAnswered(ask: () => Promise<number>): Promise<number> {
  for (;;) {
    const status = await ask();
    const isFinal = status === 200 || status === 201 || (status >= 400 && status < 500);
    if (isFinal) return status;
    await sleep(50);
  }
}
