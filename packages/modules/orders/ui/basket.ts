/** A line of the basket. */
export interface BasketLine {
  readonly productId: string;
  readonly quantity: number;
}

/** The basket changed, in this window or in another. */
export const BASKET_CHANGED = 'orders-basket-changed';

const KEY = 'macrolith.orders.basket';
/** As many as the server takes in one order. */
const MAX_QUANTITY = 1_000_000;
/** Fewer than the server takes: all of them are priced with one request. */
export const MAX_LINES = 50;

/** What this browser wants to order. It is kept on this machine only, and survives a reload. */
export const basket = {
  lines(): readonly BasketLine[] {
    return parse(localStorage.getItem(KEY));
  },

  quantityOf(productId: string): number {
    return this.lines().find((line) => line.productId === productId)?.quantity ?? 0;
  },

  /** Adds one piece. False when the basket has no room for another product. */
  add(productId: string): boolean {
    const before = this.quantityOf(productId);
    if (before === 0 && this.lines().length >= MAX_LINES) return false;
    this.setQuantity(productId, before + 1);
    return true;
  },

  setQuantity(productId: string, quantity: number): void {
    const wanted = { productId, quantity: Math.min(quantity, MAX_QUANTITY) };
    const lines = this.lines();
    const known = lines.some((line) => line.productId === productId);
    store(known ? lines.map((line) => (line.productId === productId ? wanted : line)) : [...lines, wanted]);
  },

  remove(productId: string): void {
    store(this.lines().filter((line) => line.productId !== productId));
  },

  clear(): void {
    store([]);
  },
};

function store(lines: readonly BasketLine[]): void {
  localStorage.setItem(KEY, JSON.stringify(lines));
  window.dispatchEvent(new Event(BASKET_CHANGED));
}

/** Anybody may have written there: what is no basket is an empty one. */
function parse(text: string | null): readonly BasketLine[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored.filter(isLine).slice(0, MAX_LINES) : [];
  } catch {
    return [];
  }
}

function isLine(value: unknown): value is BasketLine {
  const line = value as Partial<BasketLine> | null;
  return typeof line?.productId === 'string' && Number.isInteger(line.quantity) && line.quantity! > 0;
}

window.addEventListener('storage', (event) => {
  if (event.key === KEY) window.dispatchEvent(new Event(BASKET_CHANGED));
});
