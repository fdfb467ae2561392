const CENSORED = '[redacted]';
const MAX_DEPTH = 8;

const SECRET_NAME =
  /^(proxy-)?authorization$|^(set-)?cookies?$|pass(word|wd|phrase)|secret|token$|api[-_]?key|private[-_]?key|credential/i;

/** `Bearer abc`, `Basic abc` in running text. */
const CREDENTIALS = /\b(bearer|basic)\s+[\w.~+/=-]+/gi;
/** `//user:password@host` in running text. */
const URL_PASSWORD = /(\/\/[^\s:/@]*:)[^\s@/]+(?=@)/g;

/** Takes credentials out of a text that is to be logged. */
export function redactText(text: string): string {
  return text.replace(CREDENTIALS, `$1 ${CENSORED}`).replace(URL_PASSWORD, `$1${CENSORED}`);
}

/** A copy of a value that is to be logged, without the values of fields whose name says that they are secret. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[too deep]';
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, SECRET_NAME.test(name) ? CENSORED : redact(field, depth + 1)]),
  );
}

interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: unknown;
}

/** An error without its other fields: drivers put statements' parameters there. */
function describeError(error: Error & { code?: unknown }, depth: number): DescribedError {
  return {
    type: error.name,
    message: redactText(error.message),
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
