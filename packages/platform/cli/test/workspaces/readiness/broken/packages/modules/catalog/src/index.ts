import { command, Port, query } from '@shop/contract';

export abstract class Catalog extends Port({
  name: 'catalog',
  version: '1.0.0',
  operations: { getProduct: query({}), block: command({}) },
}) {}
