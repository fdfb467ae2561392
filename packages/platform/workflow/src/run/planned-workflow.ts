import { createHash } from 'node:crypto';
import type { Operation } from '@macrolith/contract';
import { type AnyWorkflow, shapeOf } from '@macrolith/core';

/** A workflow as this process runs it. */
export interface PlannedWorkflow {
  /** The module that owns it and keeps its runs. */
  readonly module: string;
  readonly workflow: AnyWorkflow;
  /** A digest of the shape. A run of another one is left to a process that has it. */
  readonly shape: string;
  /** Whether a step cannot be part of the run's own transaction. */
  isApart(operation: Operation): boolean;
}

export function planOf(
  module: string,
  workflow: AnyWorkflow,
  isApart: (operation: Operation) => boolean,
): PlannedWorkflow {
  return { module, workflow, shape: shapeDigest(workflow), isApart };
}

function shapeDigest(workflow: AnyWorkflow): string {
  return createHash('sha256').update(shapeOf(workflow)).digest('hex').slice(0, 16);
}
