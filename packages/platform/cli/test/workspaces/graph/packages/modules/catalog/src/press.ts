import { command, Port } from '@shop/contract';
import { workflow } from '@shop/core';
import { Catalog } from './index.js';

export abstract class Press extends Port({
  name: 'catalog.press',
  version: '1.0.0',
  operations: { proof: command({}), print: command({ external: true }) },
}) {}

export const proofPages = workflow('catalog.proof', { version: 1 })
  .pivot('proof', Press.op.proof, () => undefined)
  .result(() => undefined);

export const printPages = workflow('catalog.print', { version: 1 })
  .step('proof', Press.op.proof, () => undefined)
  .compensate(Catalog.op.discard, () => undefined)
  .pivot('print', Press.op.print, () => undefined)
  .result(() => undefined);
