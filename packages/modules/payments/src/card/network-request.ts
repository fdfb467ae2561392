import { currentContext } from '@macrolith/core';
import type { CardNetworkOptions } from './card-network-options.js';

/** The network gave no answer that says what happened. It may have acted: the same request, under the same key, finds out. */
export class CardNetworkUnavailable extends Error {
  override readonly name = 'CardNetworkUnavailable';

  constructor(what: string, cause?: unknown) {
    super(`The card network gave no answer: ${what}. What was asked of it is asked again, under the same key.`, {
      cause,
    });
  }
}

/** No access, or too much at once: what people and time mend. The request itself was not looked at. */
const MENDABLE: ReadonlySet<number> = new Set([401, 403, 408, 429]);

export interface NetworkRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
}

export interface NetworkAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * One request, within its own time-out and the caller's deadline. It is not repeated here: whoever keeps what is asked,
 * a run or a task, asks again.
 *
 * @throws CardNetworkUnavailable for no answer, and for one that another attempt may turn out differently
 */
export async function requestNetwork(options: CardNetworkOptions, request: NetworkRequest): Promise<NetworkAnswer> {
  const { method, path, body, key } = request;
  const leftMs = Math.max(1, (currentContext().deadlineAt ?? Number.POSITIVE_INFINITY) - Date.now());
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(new URL(path, options.url), {
      method,
      headers: {
        authorization: `Bearer ${options.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // An answer from elsewhere is not the network's, and the API key is nobody else's.
      redirect: 'error',
      signal: AbortSignal.timeout(Math.min(options.timeoutMs, leftMs)),
    });
    text = await answer.text();
  } catch (error) {
    throw new CardNetworkUnavailable((error as Error).message, error);
  }
  if (answer.status >= 500 || MENDABLE.has(answer.status)) throw new CardNetworkUnavailable(`it said ${answer.status}`);
  try {
    return { status: answer.status, body: JSON.parse(text) };
  } catch (error) {
    throw new CardNetworkUnavailable('what it said is no JSON', error);
  }
}
