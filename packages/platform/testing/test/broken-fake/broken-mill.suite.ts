import type { InputOf } from '@macrolith/contract';
import { bootModule, contractSuite } from '../../src/index.js';
import { specifyMill } from '../village/mill.contract.js';
import { FakeMill, Mill, MillModule } from '../village/mill.js';

/** Answers in another shape, refuses nothing, and forgets a task. */
class BrokenMill extends FakeMill {
  override async take({ batch, grams }: InputOf<Mill['take']>): Promise<{ left: number }> {
    const left = (await this.left({ batch })) - grams;
    return batch === 'rye' ? ({ left: String(left) } as never) : { left };
  }

  override async sharpen(input: InputOf<Mill['sharpen']>): Promise<void> {
    if (input.blunt) await super.sharpen(input);
  }
}

contractSuite(Mill, {
  real: (binding) => bootModule(MillModule, { binding, file: new URL('../village/mill.ts', import.meta.url) }),
  fake: () => new BrokenMill(),
  specify: specifyMill,
});
