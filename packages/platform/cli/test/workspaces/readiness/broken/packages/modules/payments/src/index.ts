import { command, Port, query, task, z } from '@shop/contract';
import { Amount } from './amount.js';

export { Ledger } from './ledger.js';

export abstract class Payments extends Port({
  name: 'payments',
  version: '1.0.0',
  operations: {
    charge: command({ input: Amount }),
    refund: command({ input: z.object({ at: z.date() }) }),
    getPayment: query({ output: Amount }),
    remind: task({}),
  },
  events: { charged: event({ data: z.object({ by: z.map(z.string(), z.string()) }) }) },
}) {}
