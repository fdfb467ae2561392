import type { AnyPort, Operation } from '@macrolith/contract';
import { type Call, type ModuleDeclaration, PortRegistry } from '@macrolith/core';

/** The operations of one module's workflows, as that module calls them. */
export class Calls {
  private readonly ports: ReadonlyMap<string, AnyPort>;
  private readonly made = new Map<string, Call>();

  constructor(
    private readonly module: ModuleDeclaration,
    private readonly registry: PortRegistry,
  ) {
    const { manifest, internal } = module;
    const ports = [manifest.port, ...manifest.uses, ...internal.map(([port]) => port)];
    this.ports = new Map(ports.map((port) => [port.contract.name, port]));
  }

  /** As part of the run's transaction, without a savepoint. */
  within(operation: Operation): Call {
    return this.bound('step', operation);
  }

  /** On its own, under the key in the context. */
  apart(operation: Operation): Call {
    return this.bound('call', operation);
  }

  private bound(as: 'step' | 'call', operation: Operation): Call {
    const id = `${as} ${operation.id}`;
    let call = this.made.get(id);
    if (call === undefined) {
      // Boot verification has refused workflows whose participants are not declared.
      call = this.registry[as](this.ports.get(operation.port)!, this.module.manifest.name, operation);
      this.made.set(id, call);
    }
    return call;
  }
}
