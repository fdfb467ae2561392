/** Whatever stands for a request and carries Node's own. */
interface Carrier {
  readonly raw: object;
}

const bodies = new WeakMap<object, Buffer>();

/** Keeps the bytes of a body for as long as its request lives. */
export function keepRawBody({ raw }: Carrier, body: Buffer): Buffer {
  bodies.set(raw, body);
  return body;
}

/**
 * The body as it came, as text: for a signature over its bytes, which a value that was read and written again does not
 * match. `undefined` where no JSON body came.
 */
export function rawBodyOf({ raw }: Carrier): string | undefined {
  return bodies.get(raw)?.toString('utf8');
}
