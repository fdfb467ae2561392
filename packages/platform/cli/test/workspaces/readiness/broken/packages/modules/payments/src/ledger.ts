import { command, Port } from '@shop/contract';

export abstract class Ledger extends Port({
  name: 'payments.ledger',
  version: '1.0.0',
  operations: { book: command({}) },
}) {}
