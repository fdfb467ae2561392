const MAX_HEADER_LENGTH = 1_000;

/** The caller's most wanted language of an `Accept-Language` header as a BCP 47 tag (RFC 9110, section 12.5.4). */
export function preferredLocale(header: string | undefined): string | undefined {
  if (header === undefined || header.length > MAX_HEADER_LENGTH) return undefined;
  const ranges = header.split(',').map(parseRange);
  const wanted = ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const locale = canonical(tag);
    if (locale !== undefined) return locale;
  }
  return undefined;
}

function parseRange(range: string): { tag: string; quality: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { tag, quality: weight === undefined ? 1 : Number(weight.slice(2)) };
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    // `*` and anything else that is no language tag names no preference.
    return undefined;
  }
}
