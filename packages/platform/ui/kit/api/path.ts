/** A path with encoded values: `` path`/api/catalog/products/${productId}` ``. */
export function path(literals: TemplateStringsArray, ...values: readonly (string | number | bigint)[]): string {
  return literals.reduce((built, literal, index) => built + encodeURIComponent(String(values[index - 1])) + literal);
}

type QueryScalar = string | number | bigint | boolean | null | undefined;
export type QueryValue = QueryScalar | readonly QueryScalar[];

/** Adds query parameters; those that are null, undefined or empty are left out, and a list repeats its name. */
export function withQuery(base: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) {
      if (value !== null && value !== undefined && value !== '') search.append(name, String(value));
    }
  }
  return search.size === 0 ? base : `${base}?${search}`;
}
