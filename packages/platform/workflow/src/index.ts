/** Runs workflows as durable sagas, where one transaction cannot hold them. */
export { DurableWorkflowsFeature, durableWorkflows } from './durable-workflows.js';
export { StepTimedOut } from './runner/step-errors.js';
export { WorkflowModule } from './workflow-module.js';
export type { WorkflowOptions } from './workflow-options.js';
