import { UsageError } from '../usage-error.js';

/** @throws UsageError when the text is no whole number from 1 to `largest` */
export function readWholeNumber(option: string, text: string, largest: number): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= 1 && number <= largest) return number;
  throw new UsageError(`${option} ${text}: write a whole number from 1 to ${largest}.`);
}
