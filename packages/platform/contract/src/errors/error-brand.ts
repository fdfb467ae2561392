/**
 * Marks errors of this package on their prototype. `Symbol.for` is shared by every copy of the package in the
 * process, so that `instanceof` does not depend on which copy made the error.
 */
export const ERROR_BRAND: unique symbol = Symbol.for('macrolith.error') as never;

/** The code of a branded error, else `undefined`. */
export function brandedCode(value: unknown): string | undefined {
  if (!(value instanceof Error) || !(ERROR_BRAND in value)) return undefined;
  return (value as { code?: string }).code;
}

/** `instanceof` by code, for a class with a static `code`. Assign it to `static [Symbol.hasInstance]`. */
export function hasCodeOf(this: { readonly code: string }, value: unknown): boolean {
  return brandedCode(value) === this.code;
}
