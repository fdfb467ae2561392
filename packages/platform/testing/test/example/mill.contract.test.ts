import { expect, test } from '@jest/globals';
import { bootModule, contractSuite } from '@macrolith/testing';
import { FakeMill, Mill, MillModule, OutOfFlour } from '../village/mill.js';

contractSuite(Mill, {
  real: (binding) => bootModule(MillModule, { binding, file: new URL('../village/mill.ts', import.meta.url) }),
  fake: () => new FakeMill(),
  specify: (mill) => {
    test('more than there is cannot be taken', async () => {
      await mill.port.grind({ batch: 'rye', grams: 100 });

      const refused = mill.port.take({ batch: 'rye', grams: 101 });

      await expect(refused).rejects.toThrow(new OutOfFlour({ batch: 'rye', left: 100 }));
    });
  },
});
