import { withSortedKeys } from './canonical-json.js';
import type { Contract } from './contract.js';
import type { ErrorClass } from './errors/declared-error.js';
import type { ErrorKind } from './errors/domain-error.js';
import type { EventType } from './event.js';
import type { OperationKind } from './method.js';
import type { Operation } from './operation.js';
import { type JsonSchema, wireSchema } from './wire/wire-schema.js';

/** A contract as plain JSON data: for compatibility checks, documentation and other languages. */
export interface ContractSnapshot {
  /** Version of this format. */
  format: 1;
  /** Each schema below is a JSON Schema document of its own, in this dialect. */
  dialect: 'https://json-schema.org/draft/2020-12/schema';
  name: string;
  version: string;
  /** By method name. */
  operations: Record<string, OperationSnapshot>;
  /** Every error that an operation declares, by code. */
  errors: Record<string, { kind: ErrorKind; fields: JsonSchema }>;
  /** By id. */
  events: Record<string, { name: string; version: number; data: JsonSchema }>;
  /** By name: the shape that runs in flight depend on. */
  workflows: Record<string, string>;
}

export interface OperationSnapshot {
  kind: OperationKind;
  /** Left out when the operation takes no argument. */
  input?: JsonSchema;
  /** Left out when the operation gives no answer. */
  output?: JsonSchema;
  /** Codes of the declared errors, sorted. */
  errors: string[];
  /** Left out unless the command acts outside the database. */
  external?: true;
  /** What a principal needs. Left out where anybody may. */
  permission?: string;
}

/** The contract as plain JSON data with sorted keys: the same contract always gives the same snapshot. */
export function snapshot(contract: Contract, additions: { workflows?: Record<string, string> } = {}): ContractSnapshot {
  const operations = Object.values(contract.operations);
  return withSortedKeys({
    format: 1,
    dialect: 'https://json-schema.org/draft/2020-12/schema',
    name: contract.name,
    version: contract.version,
    operations: Object.fromEntries(operations.map((operation) => [operation.name, operationSnapshot(operation)])),
    errors: Object.fromEntries(operations.flatMap(({ errors }) => errors.map(errorEntry))),
    events: Object.fromEntries(Object.values(contract.events).map(eventEntry)),
    workflows: additions.workflows ?? {},
  });
}

function operationSnapshot(operation: Operation): OperationSnapshot {
  const { kind, input, output, errors, external, permission, id } = operation;
  return {
    kind,
    ...(input && { input: canonicalSchema(wireSchema(input, `Input of ${id}`)) }),
    ...(output && { output: canonicalSchema(wireSchema(output, `Output of ${id}`)) }),
    errors: errors.map(({ code }) => code).sort(),
    ...(external && { external }),
    ...(permission !== undefined && { permission }),
  };
}

function errorEntry({ code, kind, fields }: ErrorClass) {
  return [code, { kind, fields: canonicalSchema(wireSchema(fields, `Error ${code}`)) }] as const;
}

function eventEntry({ id, name, version, data }: EventType) {
  return [id, { name, version, data: canonicalSchema(wireSchema(data, `Data of event ${id}`)) }] as const;
}

/** The order in which an author writes an object's required fields means nothing. */
function canonicalSchema<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(canonicalSchema) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.entries(schema).map(([keyword, value]) => [keyword, canonicalSchema(value)] as const);
  const copy = Object.fromEntries(members) as Record<string, unknown>;
  if (isStrings(copy.required)) copy.required = [...copy.required].sort();
  return copy as T;
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
