/** A path with encoded values: `` path`/api/catalog/products/${productId}` ``. */
export function path(literals: TemplateStringsArray, ...values: readonly (string | number | bigint)[]): string {
  return literals.reduce((built, literal, index) => built + encodeURIComponent(String(values[index - 1])) + literal);
}

export type QueryValue = string | number | bigint | boolean | null | undefined;

/** Adds query parameters; those that are null, undefined or empty are left out. */
export function withQuery(base: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? base : `${base}?${search}`;
}
