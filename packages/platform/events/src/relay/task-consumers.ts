import type { Operation } from '@macrolith/contract';
import { type Call, InstalledModules, PortRegistry } from '@macrolith/core';
import { Injectable } from '@nestjs/common';

/** The tasks that this process knows, and those that it can do. */
@Injectable()
export class TaskConsumers {
  private readonly operations: ReadonlyMap<string, Operation<'task'>>;
  /** By who queued it, and its id. */
  private readonly performers = new Map<string, Call>();

  constructor(
    installed: InstalledModules,
    private readonly ports: PortRegistry,
  ) {
    this.operations = new Map(
      installed.all
        // A port that is only used here may be provided by something that is no installed module, such as a fake.
        .flatMap(({ manifest, internal }) => [manifest.port, ...manifest.uses, ...internal.map(([port]) => port)])
        .flatMap((port) => Object.values<Operation>(port.contract.operations))
        .filter((operation): operation is Operation<'task'> => operation.kind === 'task')
        .map((operation) => [operation.id, operation]),
    );
  }

  /**
   * Under which names tasks are done by this process, be it by asking another one: their ids, and the names of their modules, by which they were
   * addressed before. Complete when all providers are made.
   */
  get served(): readonly string[] {
    const here = [...this.operations.values()].filter(({ port }) => this.ports.bindingOf(port) !== undefined);
    return [...new Set(here.flatMap(({ id, module }) => [id, module]))];
  }

  /** How to do a task that module `from` has queued, if it can be done by this process. */
  find(type: string, from: string): { readonly operation: Operation; readonly run: Call } | undefined {
    const operation = this.operations.get(type);
    const run = operation && this.performer(operation, from);
    return operation && run && { operation, run };
  }

  private performer(operation: Operation<'task'>, from: string): Call | undefined {
    const name = `${from} ${operation.id}`;
    const known = this.performers.get(name);
    if (known !== undefined) return known;
    const made = this.ports.performing(operation, from);
    if (made !== undefined) this.performers.set(name, made);
    return made;
  }
}
