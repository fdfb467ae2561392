import { randomUUID } from 'node:crypto';

/** The comparison cannot be made. The message is one sentence for the person at the terminal. */
export class ReconciliationProblem extends Error {
  override readonly name = 'ReconciliationProblem';
}

/** A difference that one of the modules found. Amounts are minor units in decimal digits. */
export interface Difference {
  readonly kind: string;
  readonly orderId?: string;
  readonly paymentId?: string;
  readonly networkId?: string;
  readonly explanation: string;
  readonly mendable: boolean;
  readonly since: string;
}

export interface Found {
  readonly differences: readonly Difference[];
  readonly complete: boolean;
  readonly paymentsCompared: number;
  readonly ordersCompared?: number;
  readonly chargesCompared?: number;
}

/** Who compares: payments with the card network, orders with payments. */
export type Module = 'payments' | 'orders';

/** What a shell answers over its public HTTP API. @throws ReconciliationProblem */
export async function compare(url: URL, module: Module, olderThanSeconds: number): Promise<Found> {
  const query = new URLSearchParams({ olderThanSeconds: `${olderThanSeconds}` });
  return ask(url, 'GET', `/api/${module}/reconciliation?${query}`);
}

/** Mends what is unambiguous. @throws ReconciliationProblem */
export async function mend(url: URL, module: Module, olderThanSeconds: number): Promise<Found> {
  return ask(url, 'POST', `/api/${module}/reconciliation/mend`, { olderThanSeconds });
}

/** Whoever mends needs permission: the shell learns from this token whose it is. */
const TOKEN_VARIABLE = 'MACROLITH_TOKEN';

async function ask(url: URL, method: string, path: string, body?: object): Promise<Found> {
  const { [TOKEN_VARIABLE]: token } = process.env;
  let answer: Response;
  try {
    answer = await fetch(new URL(path, url), {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ReconciliationProblem(
      `Nobody serves at ${url.origin}. Start a shell there (npx pnpm@12 start), or say where: --url.`,
    );
  }
  if (answer.ok) return (await answer.json()) as Found;
  const { detail } = (await answer.json().catch(() => ({}))) as { detail?: string };
  throw new ReconciliationProblem(`${url.origin} does not compare (${answer.status}): ${detail ?? answer.statusText}`);
}
