import { UsageError } from '../usage-error.js';
import { Ratchet } from '../violations/ratchet.js';

/** Options of the commands that let what is known stay. */
export interface RatchetOptions {
  readonly ratchet?: string;
  readonly updateRatchet?: true;
  readonly rule?: string[];
}

/**
 * What may stay: nothing, where no file is named or it is to be written anew.
 * @param command what was called, without options: `macro verify`
 * @throws UsageError when the options contradict each other, or the file cannot be read
 */
export function ratchetOf({ ratchet: file, updateRatchet, rule: rules }: RatchetOptions, command: string): Ratchet {
  if (updateRatchet && file === undefined) {
    throw new UsageError('--update-ratchet needs --ratchet FILE, to know which file to write.');
  }
  if (updateRatchet && rules) {
    throw new UsageError('--update-ratchet checks all rules: leave --rule out, or the others would be forgotten.');
  }
  return file === undefined || updateRatchet ? Ratchet.NONE : Ratchet.read(file, command);
}
