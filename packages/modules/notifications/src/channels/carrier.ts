/** A message as it goes out. */
export interface Letter {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Brings letters to people. */
export interface Carrier {
  readonly name: 'smtp' | 'memory';
  /** Resolves once the letter is out of our hands. @throws Undeliverable when no further attempt would help */
  deliver(letter: Letter): Promise<void>;
}

/** The letter was refused for good. Any other error of a carrier is worth another attempt. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}
