import type { IconName } from '@macrolith/ui';
import type { Order } from './order.js';
import { isUnderWay, nameOf, type OrderStory } from './story.js';

/** Where one step of an automatic fulfilment stands. `off`: the order was cancelled before it came to that. */
export interface FulfilmentStep {
  readonly icon: IconName;
  readonly label: string;
  readonly state: 'done' | 'failed' | 'current' | 'upcoming' | 'off';
  /** ISO 8601. */
  readonly at?: string;
}

interface PlannedStep {
  readonly icon: IconName;
  readonly label: string;
  readonly failure: string;
  readonly doneBy: string;
  readonly failedBy?: string;
}

const PLAN: readonly PlannedStep[] = [
  {
    icon: 'banknote',
    label: 'Paid',
    failure: 'The payment could not be taken',
    doneBy: 'payments.payment-captured',
    failedBy: 'payments.payment-not-captured',
  },
  {
    icon: 'warehouse',
    label: 'Taken from the shelves',
    failure: 'The goods were not there any more',
    doneBy: 'inventory.stock-committed',
    failedBy: 'inventory.stock-not-committed',
  },
  {
    icon: 'truck',
    label: 'Handed to shipping',
    failure: 'Shipping cannot send it',
    doneBy: 'shipping.shipment-requested',
    failedBy: 'shipping.shipment-refused',
  },
  { icon: 'circle-check', label: 'Fulfilled', failure: 'Not fulfilled', doneBy: 'orders.order-fulfilled' },
];

/** What was taken back, if anything was. */
const TAKEN_BACK: readonly Pick<PlannedStep, 'icon' | 'label' | 'doneBy'>[] = [
  { icon: 'coins', label: 'The money was given back', doneBy: 'payments.payment-refunded' },
  { icon: 'undo', label: 'The goods are on the shelves again', doneBy: 'inventory.stock-received' },
];

/** The steps of an automatic order, as its story tells them; then what was undone after it had been done. */
export function stepsOf({ status }: Order, story: OrderStory): readonly FulfilmentStep[] {
  const at = (name: string | undefined) => story.entries.find((entry) => nameOf(entry) === name)?.saidAt;
  const open = status === 'placed' ? 'upcoming' : 'off';
  const steps: FulfilmentStep[] = [];
  const afterwards: FulfilmentStep[] = [];
  for (const { icon, label, failure, doneBy, failedBy } of PLAN) {
    const [done, failed] = [at(doneBy), at(failedBy)];
    if (done !== undefined) steps.push({ icon, label, state: 'done', at: done });
    if (failed !== undefined) {
      const list = done === undefined ? steps : afterwards;
      list.push({ icon: 'circle-x', label: failure, state: 'failed', at: failed });
    }
    if (done === undefined && failed === undefined) steps.push({ icon, label, state: open });
  }
  for (const { icon, label, doneBy } of TAKEN_BACK) {
    const done = at(doneBy);
    if (done !== undefined) afterwards.push({ icon, label, state: 'done', at: done });
  }
  const next = steps.findIndex(({ state }) => state === 'upcoming');
  return [...steps.map((step, n) => (n === next ? { ...step, state: 'current' as const } : step)), ...afterwards];
}

/** Whether the order was read before its story, which tells of an end that the order does not have yet. */
export function isBehind({ status }: Order, story: OrderStory): boolean {
  if (status === 'placed') return !isUnderWay(story);
  return status === 'fulfilled' && story.entries.some((entry) => nameOf(entry) === 'shipping.shipment-refused');
}

/** Where it stands, in a sentence. */
export function summaryOf(steps: readonly FulfilmentStep[], { status }: Order): string {
  if (status === 'cancelled') return 'The order was cancelled, and what had been done was taken back.';
  const current = steps.find(({ state }) => state === 'current');
  return current === undefined ? 'The order is fulfilled.' : `Under way. Next: ${current.label.toLowerCase()}.`;
}
