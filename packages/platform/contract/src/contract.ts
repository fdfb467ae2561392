import {
  kebabCase,
  refuseContractName,
  refuseContractVersion,
  refuseMemberName,
  refuseOperationName,
  refusePermissionName,
} from './contract-name.js';
import type { ErrorClass } from './errors/declared-error.js';
import { type EventType, isEventDeclaration } from './event.js';
import { isOperationDeclaration, type Operation } from './operation.js';
import { refuseUnwirable } from './wire/wire-refusal.js';

/** A module's whole public API as a value. Frozen. */
export interface Contract {
  /** The module's name, or `orders.order-book` for a private port of a module. */
  readonly name: string;
  /** The module that provides it: the name up to its first dot. */
  readonly module: string;
  /** Semantic version of the contract. */
  readonly version: string;
  /** By method name. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** By name in the contract. */
  readonly events: Readonly<Record<string, EventType>>;
}

export interface ContractDeclaration {
  name: string;
  version: string;
  operations: object;
  events?: object | undefined;
}

/**
 * Names the parts of a contract, and checks that all of it can cross a wire.
 *
 * @throws TypeError naming the part, the reason and the remedy
 */
export function defineContract({ name, version, operations, events = {} }: ContractDeclaration): Contract {
  refuseContractName(name);
  refuseContractVersion(name, version);
  return Object.freeze({
    name,
    module: moduleOf(name),
    version,
    operations: membersOf(operations, (member, declared) => namedOperation(name, member, declared)),
    events: membersOf(events, (member, declared) => namedEvent(name, member, declared)),
  });
}

function membersOf<T>(declared: object, make: (name: string, declared: unknown) => T): Readonly<Record<string, T>> {
  return Object.freeze(Object.fromEntries(Object.entries(declared).map(([name, value]) => [name, make(name, value)])));
}

function moduleOf(contract: string): string {
  return contract.split('.', 1)[0]!;
}

function namedOperation(contract: string, name: string, declared: unknown): Operation {
  refuseOperationName(contract, name);
  const id = `${contract}.${name}`;
  if (!isOperationDeclaration(declared))
    throw new TypeError(`${id} is no operation: declare it with query(), command() or task().`);
  if (declared.input) refuseUnwirable(declared.input, `Input of ${id}`);
  if (declared.output) refuseUnwirable(declared.output, `Output of ${id}`);
  refuseAmbiguousErrors(id, declared.errors);
  if (declared.permission !== undefined) refusePermissionName(id, moduleOf(contract), declared.permission);
  return Object.freeze({ ...declared, module: moduleOf(contract), port: contract, name, id });
}

function refuseAmbiguousErrors(id: string, errors: readonly ErrorClass[]): void {
  const codes = new Set<string>();
  for (const { code } of errors) {
    if (codes.has(code))
      throw new TypeError(`${id} declares the error code '${code}' twice: give each error its own code.`);
    codes.add(code);
  }
}

function namedEvent(contract: string, name: string, declared: unknown): EventType {
  refuseMemberName(contract, name);
  const place = `${contract}.${name}`;
  if (!isEventDeclaration(declared)) throw new TypeError(`${place} is no event: declare it with event().`);
  if (!Number.isInteger(declared.version) || declared.version < 1) {
    throw new TypeError(`Event ${place} has version ${declared.version}: count 1, 2, 3.`);
  }
  refuseUnwirable(declared.data, `Data of event ${place}`);
  const id = `${contract}.${kebabCase(name)}.v${declared.version}`;
  return Object.freeze({ ...declared, id, module: moduleOf(contract), name });
}
