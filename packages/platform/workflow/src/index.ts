/** Runs workflows as durable sagas, where one transaction cannot hold them. */
export { DurableWorkflowsFeature, durableWorkflows } from './durable-workflows.js';
export {
  InterventionUnexplained,
  KeepsNoRuns,
  RunHasEnded,
  RunNotCancellable,
  RunNotFound,
} from './operations/operation-errors.js';
export {
  type InterventionView,
  type RunDetails,
  type RunSummary,
  SHOWN_STATUSES,
  type ShownStatus,
  type StepView,
} from './operations/run-view.js';
export { type Intervention, type RunFilter, WorkflowOperations } from './operations/workflow-operations.js';
export { StepTimedOut } from './runner/step-errors.js';
export { WorkflowModule } from './workflow-module.js';
export type { WorkflowOptions } from './workflow-options.js';
