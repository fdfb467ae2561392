import { compare, type Difference, type Found, type Module, mend } from './shop.js';

export interface ReconcileRequest {
  readonly url: URL;
  readonly olderThanSeconds: number;
  readonly mend: boolean;
}

export interface Report {
  readonly ordersCompared: number;
  readonly paymentsCompared: number;
  readonly chargesCompared: number;
  readonly differences: readonly (Difference & { readonly between: string })[];
  /** Whether these are all. */
  readonly complete: boolean;
  /** How many differences were mended, or are being mended; nothing when that was not asked. */
  readonly mended?: number;
}

const BETWEEN: Readonly<Record<Module, string>> = {
  payments: 'payments and card network',
  orders: 'orders and payments',
};

/** The card network is told of changes by tasks, which take their time. */
const SETTLED_AFTER_MS = 2_000;

/**
 * Compares both ways: orders with payments, and payments with the card network. Mends in this order, since what orders let
 * go the network has to let go, too.
 */
export async function reconcile(request: ReconcileRequest): Promise<Report> {
  const { url, olderThanSeconds } = request;
  if (!request.mend) return reportOf(await compareAll(request));
  const before = [await mend(url, 'orders', olderThanSeconds), await mend(url, 'payments', olderThanSeconds)];
  const mended = before.flatMap(({ differences }) => differences).filter(({ mendable }) => mendable).length;
  if (mended > 0) await new Promise((resolve) => setTimeout(resolve, SETTLED_AFTER_MS));
  return { ...reportOf(await compareAll(request)), mended };
}

async function compareAll({ url, olderThanSeconds }: ReconcileRequest): Promise<Record<Module, Found>> {
  const [orders, payments] = await Promise.all([
    compare(url, 'orders', olderThanSeconds),
    compare(url, 'payments', olderThanSeconds),
  ]);
  return { orders, payments };
}

function reportOf({ orders, payments }: Record<Module, Found>): Report {
  return {
    ordersCompared: orders.ordersCompared ?? 0,
    paymentsCompared: orders.paymentsCompared,
    chargesCompared: payments.chargesCompared ?? 0,
    differences: [
      ...orders.differences.map((difference) => ({ between: BETWEEN.orders, ...difference })),
      ...payments.differences.map((difference) => ({ between: BETWEEN.payments, ...difference })),
    ],
    complete: orders.complete && payments.complete,
  };
}
