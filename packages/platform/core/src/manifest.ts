import type { AnyPort } from '@macrolith/contract';
import type { Type } from '@nestjs/common';
import { PlatformError } from './platform-error.js';
import { isReservedInSql } from './reserved-in-sql.js';

/** What is the same about a module under every binding. */
export interface Manifest<P extends AnyPort = AnyPort> {
  /** The contract's name, e.g. `catalog`. */
  readonly name: string;
  readonly port: P;
  /** The team that answers for the module. */
  readonly owner: string;
  /** The PostgreSQL schema that holds the module's tables. */
  readonly schema: string;
  /** The ports that the module may inject. */
  readonly uses: readonly AnyPort[];
  /** Nest controllers. They depend on the port only, so they stay where they are when the module moves out. */
  readonly web: readonly Type[];
  /** The folder of the prebuilt browser assets. */
  readonly ui: URL | undefined;
  /** Whether it is about the very process that it is in, and so never served to others. */
  readonly isOfItsProcess: boolean;
}

export interface ManifestOptions {
  /** The team that answers for the module, e.g. `team-shelf`. */
  readonly owner: string;
  /** Default: the contract's name. */
  readonly schema?: string;
  /** The ports that the module calls, publishes to or listens to. Others cannot be injected. */
  readonly uses?: readonly AnyPort[];
  readonly web?: readonly Type[];
  /** `new URL('../dist/ui/', import.meta.url)`. */
  readonly ui?: URL;
  /** It is about the very process that it is in, such as the console: no other process can call it. Default: false. */
  readonly isOfItsProcess?: boolean;
}

/** A manifest that cannot be used. */
export class InvalidManifest extends PlatformError {
  readonly code = 'macrolith.invalid-manifest';
  constructor(
    readonly module: string,
    problem: string,
  ) {
    super(`The manifest of '${module}' ${problem}`);
  }
}

const SCHEMA_NAME = /^[a-z][a-z0-9_]{0,29}$/;
const RESERVED_SCHEMAS = new Set(['public', 'information_schema']);

/** Declares a module: `export const orders = defineModule(Orders, { owner: 'team-checkout', uses: [Inventory] })`. */
export function defineModule<P extends AnyPort>(port: P, options: ManifestOptions): Manifest<P> {
  const { name } = port.contract;
  const schema = options.schema ?? name.replaceAll('-', '_');
  if (options.owner.trim() === '') {
    throw new InvalidManifest(name, "names no owner. Write the team that answers for it: owner: 'team-…'.");
  }
  if (!SCHEMA_NAME.test(schema) || RESERVED_SCHEMAS.has(schema) || schema.startsWith('pg_')) {
    throw new InvalidManifest(
      name,
      `names the schema '${schema}'. Use up to 30 lower-case letters, digits and underscores that begin with a letter, and no name of PostgreSQL's own.`,
    );
  }
  if (isReservedInSql(schema)) {
    throw new InvalidManifest(
      name,
      `names the schema '${schema}', a word that SQL keeps to itself: statements name schemas without quotes. Set another one: schema: '${schema}_data'.`,
    );
  }
  if (options.uses?.includes(port)) {
    throw new InvalidManifest(
      name,
      'lists its own port in `uses`. A module may always inject its own port: take it out.',
    );
  }
  return Object.freeze({
    name,
    port,
    owner: options.owner,
    schema,
    uses: Object.freeze([...(options.uses ?? [])]),
    web: Object.freeze([...(options.web ?? [])]),
    ui: options.ui,
    isOfItsProcess: options.isOfItsProcess ?? false,
  });
}
