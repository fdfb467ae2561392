import { DurableRuns } from '@macrolith/core';
import { type DynamicModule, Module } from '@nestjs/common';
import { WorkflowOperations } from './operations/workflow-operations.js';
import { SagaRuns } from './saga-runs.js';
import { WORKFLOW_DEFAULTS, WORKFLOW_OPTIONS, type WorkflowOptions } from './workflow-options.js';

/** Durable workflows in a shell: `imports: [WorkflowModule.forRoot()]`, beside the DatabaseModule. Global. */
@Module({})
export class WorkflowModule {
  static forRoot(options: Partial<WorkflowOptions> = {}): DynamicModule {
    return {
      module: WorkflowModule,
      global: true,
      providers: [
        { provide: WORKFLOW_OPTIONS, useValue: { ...WORKFLOW_DEFAULTS, ...options } satisfies WorkflowOptions },
        SagaRuns,
        { provide: DurableRuns, useExisting: SagaRuns },
        WorkflowOperations,
      ],
      exports: [DurableRuns, WorkflowOperations],
    };
  }
}
