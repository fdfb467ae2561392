import type { Operation } from '@macrolith/contract';

/** The one owner of the names that calls have in NATS: whoever needs one asks here. */
export class CallNames {
  /** @param system what this product is called in NATS; two products on one NATS have two names. Begins every name. */
  constructor(readonly system: string) {
    if (!SYSTEM.test(system)) {
      throw new TypeError(`'${system}' cannot begin names in NATS: use lower-case letters, digits and hyphens.`);
    }
  }

  /** Where an operation is asked: `macrolith.calls.catalog.getProduct`. */
  subjectOf({ module, name }: Pick<Operation, 'module' | 'name'>): string {
    return `${this.system}.calls.${module}.${name}`;
  }

  /** Every operation of a module, those that no contract knows included: `macrolith.calls.catalog.*`. */
  subjectsOf(module: string): string {
    return `${this.system}.calls.${module}.*`;
  }

  /** Where the contract that a module's processes serve can be read: `macrolith.contracts.catalog`. */
  contractOf(module: string): string {
    return `${this.system}.contracts.${module}`;
  }

  /** Of the processes that serve the same, one gets a call. */
  get queueGroup(): string {
    return this.system;
  }
}

const SYSTEM = /^[a-z][a-z0-9-]*$/;
