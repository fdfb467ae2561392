import { RefusedByShop } from './refused-by-shop.js';

/** The shop's answer to a request that it did not fulfil (RFC 9457). */
interface Problem {
  readonly code: string;
  readonly detail: string;
}

/** Statuses that pass: the same request may succeed in a moment. */
const PASSING = new Set([408, 425, 429, 502, 503, 504]);

/** What the platform itself, and not a module, says of a request's content. */
const ABOUT_CONTENT = new Set(['macrolith.invalid-input', 'macrolith.idempotency-key-reused']);

export type ShopAnswer =
  | { readonly kind: 'done'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly error: RefusedByShop }
  | { readonly kind: 'passing'; readonly reason: string }
  /** The other side is no shop, another version of it, or broken. */
  | { readonly kind: 'failed'; readonly reason: string };

/** What a response means to the import. */
export async function readAnswer(response: Response): Promise<ShopAnswer> {
  const text = await response.text();
  const body = parsed(text);
  if (response.ok && (text === '' || body !== undefined)) return { kind: 'done', body };
  if (response.ok) return { kind: 'failed', reason: 'no JSON came back' };

  const { code = '', detail = response.statusText } = (body ?? {}) as Partial<Problem>;
  const reason = `${response.status} ${detail}`;
  if (PASSING.has(response.status)) return { kind: 'passing', reason };
  const ofModule = code !== '' && !code.startsWith('macrolith.');
  if (ofModule || ABOUT_CONTENT.has(code)) return { kind: 'refused', error: new RefusedByShop(code, detail) };
  return { kind: 'failed', reason };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
