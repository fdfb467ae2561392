import { DomainError, InvalidInput, type Operation } from '@macrolith/contract';
import { type CallEdge, type InstalledModules, PlatformError } from '@macrolith/core';
import { type Outcome, UNDECLARED } from './outcome.js';

/** Tells how work ended from its error, by the contracts of this process. */
export class Outcomes {
  /** The codes that each `module.operation` may fail with. */
  private readonly declared: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(installed: Pick<InstalledModules, 'all'>) {
    const declared = new Map<string, Set<string>>();
    for (const { manifest, internal } of installed.all) {
      for (const port of [manifest.port, ...manifest.uses, ...internal.map(([own]) => own)]) {
        for (const { module, name, errors } of Object.values<Operation>(port.contract.operations)) {
          const codes = declared.get(`${module}.${name}`) ?? new Set();
          for (const { code } of errors) codes.add(code);
          declared.set(`${module}.${name}`, codes);
        }
      }
    }
    this.declared = declared;
  }

  ofCall({ to, operation }: CallEdge, error: unknown): Outcome {
    if (error instanceof DomainError) {
      const isDeclared = this.declared.get(`${to}.${operation}`)?.has(error.code) === true;
      return isDeclared ? { is: 'declared', type: error.code } : UNDECLARED;
    }
    return this.ofWork(error);
  }

  /** Of work that has no contract: nothing is declared there. */
  ofWork(error: unknown): Outcome {
    if (error instanceof PlatformError || error instanceof InvalidInput) return { is: 'refused', type: error.code };
    return UNDECLARED;
  }
}
