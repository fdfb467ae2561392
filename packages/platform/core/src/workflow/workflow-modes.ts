import type { Operation } from '@macrolith/contract';
import { Inject, Injectable } from '@nestjs/common';
import { MACROLITH_OPTIONS, type MacrolithOptions } from '../macrolith-options.js';
import { PortRegistry } from '../port-registry.js';
import type { AnyWorkflow } from './workflow.js';

/**
 * How a workflow runs in this process.
 * - `collapsed`: as one transaction. Nobody sees the middle, and a failure rolls back.
 * - `durable`: as a saga of the fewest transactions that are honest, kept in the owner's schema.
 */
export type WorkflowMode = 'collapsed' | 'durable';

/** What decides the mode of workflows. */
export interface WorkflowSurroundings {
  /** How a port is bound; `undefined` when nothing provides it. */
  bindingOf(port: string): string | undefined;
  /** Whether all workflows are durable, wherever their participants are. */
  readonly areDurable: boolean;
}

const IN_PROCESS: ReadonlySet<string | undefined> = new Set(['local', 'loopback', undefined]);

/**
 * Whether a step cannot be part of the run's own transaction: it acts outside the database, or its module is elsewhere.
 * Where all workflows are durable, every module but the owner counts as elsewhere. A task never does: it is queued here.
 */
export function actsApart(operation: Operation, owner: string, surroundings: WorkflowSurroundings): boolean {
  if (operation.kind === 'task') return false;
  if (operation.external || !IN_PROCESS.has(surroundings.bindingOf(operation.port))) return true;
  return surroundings.areDurable && operation.module !== owner;
}

export function modeOf(workflow: AnyWorkflow, owner: string, surroundings: WorkflowSurroundings): WorkflowMode {
  if (surroundings.areDurable) return 'durable';
  const operations = workflow.steps.flatMap(({ operation, compensation }) =>
    compensation === undefined ? [operation] : [operation, compensation.operation],
  );
  return operations.some((operation) => actsApart(operation, owner, surroundings)) ? 'durable' : 'collapsed';
}

/** The modes of this process's workflows, told by its bindings and its options. */
@Injectable()
export class WorkflowModes {
  private readonly surroundings: WorkflowSurroundings;

  constructor(registry: PortRegistry, @Inject(MACROLITH_OPTIONS) options: MacrolithOptions) {
    this.surroundings = {
      bindingOf: (port) => registry.bindingOf(port)?.kind,
      areDurable: options.workflows === 'durable',
    };
  }

  /** The mode of a workflow of module `owner`. */
  of(workflow: AnyWorkflow, owner: string): WorkflowMode {
    return modeOf(workflow, owner, this.surroundings);
  }

  /** Whether an operation, as a step of a workflow of `owner`, cannot be part of the run's own transaction. */
  actsApart(operation: Operation, owner: string): boolean {
    return actsApart(operation, owner, this.surroundings);
  }
}
