/** A segment of a route's path: literal text, or the name of a parameter. */
export type PatternSegment = { readonly literal: string } | { readonly parameter: string };

export type RouteParameters = Readonly<Record<string, string>>;

/** `/catalog/:productId` as its segments. */
export function parsePattern(path: string): readonly PatternSegment[] {
  return segmentsOf(path).map((segment) =>
    segment.startsWith(':') ? { parameter: segment.slice(1) } : { literal: segment },
  );
}

/** The parameters of an address that fits the pattern, decoded. An address that cannot be decoded fits nothing. */
export function matchPattern(pattern: readonly PatternSegment[], address: string): RouteParameters | undefined {
  const segments = segmentsOf(address);
  if (segments.length !== pattern.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = decode(segments[index] ?? '');
    if (actual === undefined) return undefined;
    if ('parameter' in expected) parameters[expected.parameter] = actual;
    else if (expected.literal !== actual) return undefined;
  }
  return parameters;
}

/** Sorts the pattern that says more before the one that says less: `/a/new` before `/a/:id`. */
export function compareSpecificity(one: readonly PatternSegment[], other: readonly PatternSegment[]): number {
  if (one.length !== other.length) return other.length - one.length;
  for (const [index, segment] of one.entries()) {
    const isLiteral = 'literal' in segment;
    const isOtherLiteral = 'literal' in other[index]!;
    if (isLiteral !== isOtherLiteral) return isLiteral ? -1 : 1;
  }
  return 0;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
