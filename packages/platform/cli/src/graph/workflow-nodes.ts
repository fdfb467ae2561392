import { type CalledOperation, declaredWorkflows } from '../workspace/declared-workflows.js';
import { isExternalOperation } from '../workspace/external-operations.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import type { AppNode, ModuleNode } from './module-graph.js';

/** A workflow of a module. */
export interface WorkflowNode {
  readonly name: string;
  /** Packages of the other modules that take part. */
  readonly participants: readonly string[];
  /** The steps that act outside the database: `Payments.charge`. */
  readonly external: readonly string[];
}

/** How a workflow runs in an app: as one transaction, or as a durable run of several. */
export interface WorkflowMode {
  readonly name: string;
  readonly mode: 'collapsed' | 'durable';
}

/** The workflows that a module declares. */
export function workflowNodes(module: WorkspacePackage, members: readonly WorkspacePackage[]): WorkflowNode[] {
  const packageOf = ({ specifier }: CalledOperation) => members.find(({ name }) => name === specifier) ?? module;
  return declaredWorkflows(module.files).map(({ name, calls }) => ({
    name,
    participants: [...new Set(calls.map((call) => packageOf(call).name))].filter((one) => one !== module.name).sort(),
    external: calls
      .filter((call) => isExternalOperation(packageOf(call).files, call.port, call.operation))
      .map(({ port, operation }) => `${port}.${operation}`),
  }));
}

/** The modes of the workflows that an app runs, told by its bindings: those of the modules that are in its process. */
export function workflowModes(binds: AppNode['binds'], modules: readonly ModuleNode[]): WorkflowMode[] {
  const isHere = (name: string) => binds.some((bound) => bound.package === name && bound.binding === 'local');
  return modules
    .filter((module) => isHere(module.package))
    .flatMap(({ workflows }) => workflows)
    .map(({ name, participants, external }) => ({
      name,
      mode: external.length === 0 && participants.every(isHere) ? 'collapsed' : 'durable',
    }));
}
