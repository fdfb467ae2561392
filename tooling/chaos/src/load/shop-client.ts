import { setTimeout as pause } from 'node:timers/promises';

/** What the shop said at last. */
export interface Answer {
  readonly status: number;
  readonly body: any;
}

const RETRY_MS = 100;
const TIMEOUT_MS = 10_000;
const UNDER_WAY = 'macrolith.keyed-call-under-way';

/** A caller that does not give up: the same wish under the same key until there is an answer that no crash made. */
export class ShopClient {
  /** How often a wish had to be sent again. */
  repetitions = 0;

  constructor(
    private readonly url: string,
    private readonly isOver: () => boolean,
  ) {}

  /** `key` names the wish. Undefined when it was over before an answer came. */
  async post(path: string, key: string, body: object): Promise<Answer | undefined> {
    while (!this.isOver()) {
      const answer = await this.send(path, key, body);
      if (answer !== undefined) return answer;
      this.repetitions += 1;
      await pause(RETRY_MS);
    }
    return undefined;
  }

  private async send(path: string, key: string, body: object): Promise<Answer | undefined> {
    try {
      const response = await fetch(`${this.url}/api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': encodeURIComponent(key) },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      // What a server could not do now says nothing about the wish, and neither does that it is under way.
      if (response.status >= 500 || [202, 408, 429].includes(response.status)) return undefined;
      const answer = (await response.json()) as { readonly code?: string };
      return answer.code === UNDER_WAY ? undefined : { status: response.status, body: answer };
    } catch {
      return undefined;
    }
  }
}
