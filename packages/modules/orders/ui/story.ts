import type { IconName, Tone } from '@macrolith/ui';

/** How something that was said was taken. */
export interface Handling {
  readonly by: string;
  readonly state: 'open' | 'done' | 'dead' | 'discarded';
  readonly attempts: number;
  /** ISO 8601. */
  readonly at?: string;
  readonly failure?: string;
}

/** A fact that a module told, or work that it asked for, as the API sends it. */
export interface StoryEntry {
  readonly messageId: string;
  readonly kind: 'event' | 'task';
  readonly type: string;
  readonly saidBy: string;
  /** ISO 8601. */
  readonly saidAt: string;
  readonly because?: string;
  readonly handled: readonly Handling[];
}

export interface OrderStory {
  readonly entries: readonly StoryEntry[];
  readonly isCut: boolean;
}

interface Wording {
  readonly label: string;
  readonly icon: IconName;
}

/** What the modules of the shop say about an order. Others are shown by their name. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  'orders.order-placed': { label: 'The order was placed', icon: 'shopping-basket' },
  'orders.order-cancelled': { label: 'Some or all of the order was cancelled', icon: 'undo' },
  'orders.order-fulfilled': { label: 'The order was fulfilled', icon: 'circle-check' },
  'payments.payment-captured': { label: 'The money was taken', icon: 'banknote' },
  'payments.payment-not-captured': { label: 'The money could not be taken', icon: 'circle-x' },
  'payments.payment-refunded': { label: 'The money was given back', icon: 'coins' },
  'inventory.stock-committed': { label: 'The goods were taken from the shelves', icon: 'warehouse' },
  'inventory.stock-not-committed': { label: 'The goods were not there any more', icon: 'circle-x' },
  'inventory.stock-received': { label: 'Goods came back to the shelves', icon: 'undo' },
  'inventory.stock-depleted': { label: 'The last piece of a product was kept', icon: 'circle-alert' },
  'shipping.shipment-requested': { label: 'Shipping was asked to send the goods', icon: 'package' },
  'shipping.shipment-dispatched': { label: 'The goods left the house', icon: 'truck' },
  'shipping.shipment-delivered': { label: 'The goods were delivered', icon: 'package-check' },
  'shipping.shipment-refused': { label: 'The goods cannot be sent', icon: 'circle-x' },
  'notifications.send': { label: 'The customer is to be told', icon: 'mail' },
};

/** The name of what was said, without the version. */
export function nameOf({ type }: StoryEntry): string {
  return type.replace(/\.v\d+$/, '');
}

export function wordingOf(entry: StoryEntry): Wording {
  return (
    WORDINGS[nameOf(entry)] ?? { label: nameOf(entry), icon: entry.kind === 'task' ? 'clipboard-list' : 'message' }
  );
}

/** Whether somebody has still to act. */
export function isUnderWay({ entries }: OrderStory): boolean {
  return entries.some(({ handled }) => handled.some(({ state }) => state === 'open'));
}

/** Everybody who could not do their part, so far or for good. */
export function troublesOf({ entries }: OrderStory): readonly (Handling & { readonly entry: StoryEntry })[] {
  return entries.flatMap((entry) =>
    entry.handled
      .filter(({ state, failure }) => state === 'dead' || (state === 'open' && failure !== undefined))
      .map((handling) => ({ ...handling, entry })),
  );
}

/** How it was taken, in a word. */
export function handlingStatus({ state, failure }: Handling): { readonly label: string; readonly tone: Tone } {
  if (state === 'done') return { label: 'Done', tone: 'success' };
  if (state === 'dead') return { label: 'Failed', tone: 'danger' };
  if (state === 'discarded') return { label: 'Discarded', tone: 'neutral' };
  return failure === undefined ? { label: 'Under way', tone: 'brand' } : { label: 'Tried again', tone: 'warning' };
}
