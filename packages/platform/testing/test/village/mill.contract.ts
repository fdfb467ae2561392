import { expect, test } from '@jest/globals';
import { type ContractSubject, eventually } from '../../src/index.js';
import { type Mill, OutOfFlour } from './mill.js';

/** What every mill must do. Tests share one, so each works on batches of its own. */
export function specifyMill(mill: ContractSubject<typeof Mill>): void {
  // What a fake does in this process it does soon, or never.
  const patience = mill.under === 'fake' ? { withinMs: 2_000 } : {};

  test('what was ground can be taken', async () => {
    await mill.port.grind({ batch: 'rye', grams: 500 });

    expect(await mill.port.take({ batch: 'rye', grams: 200 })).toEqual({ left: 300 });
    expect(await mill.port.left({ batch: 'rye' })).toBe(300);
  });

  test('more than there is cannot be taken', async () => {
    await mill.port.grind({ batch: 'oats', grams: 100 });

    const refused = mill.port.take({ batch: 'oats', grams: 101 });

    await expect(refused).rejects.toThrow(new OutOfFlour({ batch: 'oats', left: 100 }));
    expect(await mill.port.left({ batch: 'oats' })).toBe(100);
  });

  test('a stone is sharpened after a while', async () => {
    await mill.port.sharpen({ stone: 'upper' });

    await eventually(
      'Sharpening',
      () => mill.port.sharpened(),
      (stones) => stones.includes('upper'),
      patience,
    );
  });

  test('a blunt stone is sharpened at the second attempt', async () => {
    await mill.port.sharpen({ stone: 'lower', blunt: true });

    await eventually(
      'Sharpening',
      () => mill.port.sharpened(),
      (stones) => stones.includes('lower'),
      patience,
    );
  });
}
