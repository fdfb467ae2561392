/** What calls are named in NATS. */
export class CallNames {
  constructor(private readonly system: string) {}

  /** Where an operation is asked: `macrolith.calls.catalog.getProduct`. */
  subjectOf({ module, name }: { readonly module: string; readonly name: string }): string {
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

  /** Where callers say which of their queries they wait for no longer: `macrolith.cancellations.catalog`. All processes of the module hear it. */
  cancellationsOf(module: string): string {
    return `${this.system}.cancellations.${module}`;
  }

  /** Of the processes that serve the same, one gets a call. */
  get queueGroup(): string {
    return this.system;
  }
}
