import type { z } from 'zod';
import type { Wire } from './wire/wire-type.js';

/** A fact that a module publishes after commit, as a value. Frozen. */
export interface EventType<Data = any> {
  /** Unique in a system, and stable: `catalog.price-changed.v1`. Never a class name. */
  readonly id: string;
  /** The module that publishes it. */
  readonly module: string;
  /** The name in the contract: `priceChanged`. */
  readonly name: string;
  /** Counts changes of the data that an old reader would misunderstand. The first is 1. */
  readonly version: number;
  readonly data: z.ZodType<Data>;
  /** Events of one key are handed over in the order of their commits. */
  key(data: Data): string;
}

/** The data of an event: `DataOf<typeof Catalog.event.priceChanged>`. */
export type DataOf<Type> = Type extends EventType<infer Data> ? Data : never;

/** What an author says about an event, before a contract gives it a name. */
export interface EventDeclaration {
  readonly data: z.ZodType;
  readonly key: (data: any) => string;
  readonly version: number;
}

const declarations = new WeakSet<object>();

/** Whether `event` made this value. */
export function isEventDeclaration(value: unknown): value is EventDeclaration {
  return typeof value === 'object' && value !== null && declarations.has(value);
}

/** Declares a fact that the module publishes after commit. */
export function event<Data extends z.ZodType>(declared: {
  data: Data & Wire<Data>;
  /** What order is kept for: the id of the thing that the fact is about. */
  key: (data: z.output<Data>) => string;
  /** 1 when left out. A change that old readers would misunderstand needs the next one. */
  version?: number;
}): EventType<z.output<Data>> {
  const { data, key, version = 1 } = declared;
  const declaration: EventDeclaration = Object.freeze({ data, key, version });
  declarations.add(declaration);
  return declaration as unknown as EventType<z.output<Data>>;
}
