/** One LIKE pattern per word: each finds text that holds the word anywhere. What LIKE takes for wildcards is escaped. */
export function wordPatterns(q: string): string[] {
  return q
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}
