import { command, event, Port, query, z } from '@shop/contract';

export abstract class Orders extends Port({
  name: 'orders',
  version: '1.0.0',
  operations: { place: command({}), compare: query({}) },
  events: { orderPlaced: event({ data: z.object({}) }) },
}) {}
