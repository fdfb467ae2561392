import { orderCancelled } from './order-cancelled.js';
import { orderFulfilled } from './order-fulfilled.js';
import { orderPlaced } from './order-placed.js';
import { orderUndeliverable } from './order-undeliverable.js';
import type { Template } from './template.js';

const TEMPLATES: ReadonlyMap<string, Template> = new Map(
  [orderPlaced, orderCancelled, orderFulfilled, orderUndeliverable].map((template) => [template.name, template]),
);

/** A message was asked for by a name that no template has. */
export class UnknownTemplate extends Error {
  override readonly name = 'UnknownTemplate';
  constructor(readonly template: string) {
    super(`There is no template '${template}'. There are: ${[...TEMPLATES.keys()].join(', ')}.`);
  }
}

export function findTemplate(name: string): Template {
  const template = TEMPLATES.get(name);
  if (template === undefined) throw new UnknownTemplate(name);
  return template;
}
