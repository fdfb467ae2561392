import { command, instant, integer, Port, query, task, z } from '@shop/contract';

const Amount = z.object({
  minor: integer(),
  at: instant(),
  note: z.string().refine((text) => text.trim() === text),
  tags: z.codec(z.array(z.string()), z.set(z.string()), { decode: (tags) => new Set(tags), encode: (tags) => [...tags] }),
});

export abstract class Payments extends Port({
  name: 'payments',
  version: '1.0.0',
  operations: {
    charge: command({ input: Amount }),
    refund: command({ input: Amount }),
    askNetwork: command({ external: true }),
    listPayments: query({ output: Amount }),
    remind: task({}),
  },
}) {}
