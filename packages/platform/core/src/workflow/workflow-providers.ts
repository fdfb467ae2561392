import type { AnyPort } from '@macrolith/contract';
import type { Provider } from '@nestjs/common';
import type { Manifest } from '../manifest.js';
import { NoUnitOfWork } from '../missing-part.js';
import { PortRegistry } from '../port-registry.js';
import { UnitOfWork } from '../unit-of-work.js';
import { DurableRuns, NoDurableRuns } from './durable-runs.js';
import type { AnyWorkflow } from './workflow.js';
import { WorkflowModes } from './workflow-modes.js';
import { Workflows } from './workflows.js';

/** `Workflows` inside the scope of a module that owns some. */
export function workflowProviders(
  manifest: Manifest,
  workflows: readonly AnyWorkflow[],
  ports: readonly AnyPort[],
): Provider[] {
  if (workflows.length === 0) return [];
  return [
    {
      provide: Workflows,
      inject: [
        PortRegistry,
        WorkflowModes,
        { token: UnitOfWork, optional: true },
        { token: DurableRuns, optional: true },
      ],
      useFactory: (
        registry: PortRegistry,
        modes: WorkflowModes,
        unitOfWork: UnitOfWork = new NoUnitOfWork(),
        durableRuns: DurableRuns = new NoDurableRuns(),
      ) => new Workflows(manifest, workflows, ports, { registry, modes, unitOfWork, durableRuns }),
    },
  ];
}
