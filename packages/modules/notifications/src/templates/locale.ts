/** The language that everything is written in. */
const DEFAULT_LOCALE = 'en';

/**
 * The nearest of the `available` languages: the tag itself, else the tag without its last part and so on (RFC 4647,
 * section 3.4), else English.
 */
export function nearestLocale(wanted: string | undefined, available: readonly string[]): string {
  const parts = (wanted ?? DEFAULT_LOCALE).toLowerCase().split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const tag = parts.slice(0, length).join('-');
    const found = available.find((candidate) => candidate.toLowerCase() === tag);
    if (found !== undefined) return found;
  }
  return DEFAULT_LOCALE;
}
