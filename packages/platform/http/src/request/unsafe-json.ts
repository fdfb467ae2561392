/** What is wrong with one value of a request. */
export interface InputIssue {
  /** JSON Pointer (RFC 6901) into the input; empty for the input as a whole. */
  readonly pointer: string;
  readonly message: string;
}

/** Deeper values are refused: no contract needs them, and recursive readers would exhaust the stack. */
export const MAX_JSON_DEPTH = 64;

const POLLUTING_KEYS = new Set(['__proto__', 'constructor']);

/**
 * The first part of a JSON value that no module could store or hand on: a key that would change an object's prototype,
 * a number that JavaScript reads as infinite, text that PostgreSQL cannot hold (a NUL character, half of a surrogate
 * pair), or too many levels. `undefined` when there is none.
 */
export function unsafePart(value: unknown): InputIssue | undefined {
  const pending: { value: unknown; pointer: string; depth: number }[] = [{ value, pointer: '', depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { pointer, depth } = next;
    const fault = faultOfScalar(next.value);
    if (fault !== undefined) return { pointer, message: fault };
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (depth >= MAX_JSON_DEPTH) return { pointer: '', message: `is nested more than ${MAX_JSON_DEPTH} levels deep` };
    for (const [key, child] of Object.entries(next.value)) {
      const keyFault = faultOfKey(key);
      if (keyFault !== undefined) return { pointer, message: keyFault };
      pending.push({ value: child, pointer: `${pointer}/${escapeToken(key)}`, depth: depth + 1 });
    }
  }
  return undefined;
}

function faultOfScalar(value: unknown): string | undefined {
  if (typeof value === 'string') return faultOfText(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return 'is a number too large to be read';
  return undefined;
}

function faultOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'contains a NUL character (U+0000)';
  if (!text.isWellFormed()) return 'contains half of a surrogate pair, which is not a character';
  return undefined;
}

function faultOfKey(key: string): string | undefined {
  if (POLLUTING_KEYS.has(key)) return `has a key '${key}', which is not allowed`;
  return faultOfText(key) === undefined ? undefined : 'has a key that is not text';
}

function escapeToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
