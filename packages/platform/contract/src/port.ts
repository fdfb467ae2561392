import { type Contract, defineContract } from './contract.js';
import { placeOfCallTo, registerContract } from './contract-registry.js';
import type { EventType } from './event.js';
import type { AnyMethod } from './method.js';
import type { Operations } from './operation.js';
import { BINDINGS } from './port-bindings.js';

const PORT: unique symbol = Symbol.for('macrolith.port') as never;

/** A contract's parts, as statics of its port. */
export interface PortParts<Methods extends object, Events extends object> {
  readonly contract: Contract;
  /** The operations as values: for workflows, routes, bindings and tests. */
  readonly op: Operations<Methods>;
  /** The events as values: for publishing and subscribing. */
  readonly event: Events;
}

/**
 * What `Port({…})` gives. `Methods` is the literal's own type and no mapped one, because the language server drops
 * the documentation of mapped members: hover, go-to-definition and find-references lead to the contract.
 */
export interface PortClass<Methods extends object, Events extends object> extends PortParts<Methods, Events> {
  new (): Methods;
}

/** Any port, for code that handles ports without knowing them. */
export type AnyPort<Methods extends object = any> = (abstract new () => Methods) & PortParts<Methods, any>;

/**
 * Declares a module's whole public API: `abstract class Catalog extends Port({ name: 'catalog', … }) {}`.
 * The class is the type that a consumer injects and the token that it is injected by.
 *
 * @throws TypeError when a part of it cannot be used or cannot cross a wire; the message says what to do
 * @throws Error when a contract of that name was declared at another place
 */
export function Port<
  Methods extends Record<string, AnyMethod>,
  Events extends Record<string, EventType> = {},
>(declared: {
  /** The module's name in kebab-case; `orders.order-book` for a port that only the module itself uses. */
  name: string;
  /** Semantic version of the contract. */
  version: string;
  operations: Methods;
  events?: Events;
}): PortClass<Methods, Events> {
  const contract = defineContract(declared);
  registerContract(contract.name, placeOfCallTo(Port));

  class DeclaredPort {
    static readonly [PORT] = true;
    static readonly contract = contract;
    static readonly op = contract.operations;
    static readonly event = contract.events;

    constructor() {
      if (BINDINGS.has(new.target)) return;
      throw new TypeError(misuse(contract.name, new.target, DeclaredPort));
    }
  }
  return DeclaredPort as unknown as PortClass<Methods, Events>;
}

/** Whether a value is a port, whichever copy of this package made it. */
export function isPort(value: unknown): value is AnyPort {
  return typeof value === 'function' && PORT in value;
}

function misuse(contract: string, made: Function, base: Function): string {
  const isPortItself = made === base || Object.getPrototypeOf(made) === base;
  if (isPortItself)
    return `${made.name} is the port of '${contract}' and has no code of its own: inject it instead of calling new.`;
  return (
    `${made.name} extends the port of '${contract}', and so would compile with nothing implemented: ` +
    `write implements instead of extends, so that the compiler asks for every operation.`
  );
}
