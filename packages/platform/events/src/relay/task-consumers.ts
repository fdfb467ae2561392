import type { Operation } from '@macrolith/contract';
import { InstalledModules, PortRegistry } from '@macrolith/core';
import { Injectable } from '@nestjs/common';

/** The tasks that this process knows, and those that it can do. */
@Injectable()
export class TaskConsumers {
  private readonly operations: ReadonlyMap<string, Operation>;

  constructor(
    installed: InstalledModules,
    private readonly ports: PortRegistry,
  ) {
    this.operations = new Map(
      installed.all
        // A port that is only used here may be provided by something that is no installed module, such as a fake.
        .flatMap(({ manifest, internal }) => [manifest.port, ...manifest.uses, ...internal.map(([port]) => port)])
        .flatMap((port) => Object.values<Operation>(port.contract.operations))
        .filter((operation) => operation.kind === 'task')
        .map((operation) => [operation.id, operation]),
    );
  }

  /**
   * Under which names tasks are done in this process: their ids, and the names of their modules, by which they were
   * addressed before. Complete when all providers are made.
   */
  get served(): readonly string[] {
    const here = [...this.operations.values()].filter(({ port }) => this.ports.providerOf(port) !== undefined);
    return [...new Set(here.flatMap(({ id, module }) => [id, module]))];
  }

  /** How to do the task, if it can be done here. */
  find(
    type: string,
  ): { readonly operation: Operation; readonly run: (input: unknown) => Promise<unknown> } | undefined {
    const operation = this.operations.get(type);
    const provider = operation && this.ports.providerOf(operation.port);
    return operation && provider && { operation, run: (input) => provider[operation.name]!(input) };
  }
}
