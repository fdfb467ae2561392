import type { Hunk } from './step.ts';

/** The text with each hunk applied at the one place where it fits. */
export function changed(text: string, hunks: readonly Hunk[]): string {
  return hunks.reduce(applied, text);
}

function applied(text: string, { before, after }: Hunk): string {
  const searched = before.map((line) => `${line}\n`).join('');
  const places = text.split(searched).length - 1;
  if (searched === '' || places !== 1) {
    throw new Error(`The change fits at ${places} places instead of one:\n${searched}`);
  }
  return text.replace(searched, () => after.map((line) => `${line}\n`).join(''));
}
