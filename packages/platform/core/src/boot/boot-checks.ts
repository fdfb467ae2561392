import type { AnyPort, Operation } from '@macrolith/contract';
import type { EventsInDatabase } from '../events-in-database.js';
import type { ModuleDeclaration } from '../module-declaration.js';
import type { DurableRuns } from '../workflow/durable-runs.js';
import type { AnyWorkflow } from '../workflow/workflow.js';
import type { WorkflowMode } from '../workflow/workflow-modes.js';
import type { BootProblem } from './boot-problem.js';
import { misheardEvents } from './heard-events.js';
import { partedEvents } from './parted-events.js';

/** What a shell is about to run, as values. */
export interface BootPlan {
  readonly modules: readonly ModuleDeclaration[];
  /** Whether anything here provides a port, be it by asking another process. */
  isBound(port: string): boolean;
  /** Whether this process can call others. */
  readonly hasTransport: boolean;
  /** The object that implements a port in this process. */
  providerOf(port: string): Readonly<Record<string, unknown>> | undefined;
  modeOf(workflow: AnyWorkflow, owner: string): WorkflowMode;
  /** Who runs durable workflows in this process, if anybody does. */
  readonly durableRuns: Pick<DurableRuns, 'keepsRunsOf'> | undefined;
  /** There where events do not leave the database. */
  readonly keptEvents: EventsInDatabase | undefined;
}

/** Everything that is wrong with the plan. */
export function findBootProblems(plan: BootPlan): readonly BootProblem[] {
  return plan.modules.flatMap((module) => [
    ...unboundPorts(plan, module),
    ...unreachable(plan, module),
    ...missingOperations(plan, module),
    ...undeclaredParticipants(module),
    ...homelessRuns(plan, module),
    ...misheardEvents(plan.modules, module),
    ...partedEvents(plan.modules, plan.keptEvents, module),
  ]);
}

/** What a remote module uses is called where that module is. */
function unboundPorts(plan: BootPlan, { manifest, isRemote }: ModuleDeclaration): BootProblem[] {
  if (isRemote) return [];
  return manifest.uses
    .map((port) => port.contract.name)
    .filter((name) => !plan.isBound(name))
    .map((name) => ({
      id: 'port-not-bound',
      module: manifest.name,
      owner: manifest.owner,
      message: `uses the port '${name}', and nothing in this shell provides it.`,
      remedy:
        `Add the module '${name}' to the shell's list: imported from its package's '/local' it runs in this process, ` +
        `from '/remote' it is called where it runs.`,
    }));
}

function unreachable({ hasTransport }: BootPlan, { manifest, isRemote }: ModuleDeclaration): BootProblem[] {
  if (!isRemote || hasTransport) return [];
  return [
    {
      id: 'transport-missing',
      module: manifest.name,
      owner: manifest.owner,
      message: `is imported from '/remote', and nothing carries calls to other processes.`,
      remedy:
        `Import NatsModule.forRoot(…) of @macrolith/nats in the shell, or, where the environment decides, set NATS_URL; or import the ` +
        `module from its package's '/local'.`,
    },
  ];
}

function missingOperations(plan: BootPlan, { manifest, internal }: ModuleDeclaration): BootProblem[] {
  const ports: readonly AnyPort[] = [manifest.port, ...internal.map(([port]) => port)];
  return ports.flatMap((port) => {
    const provider = plan.providerOf(port.contract.name);
    const operations: readonly Operation[] = Object.values(port.contract.operations);
    return operations
      .filter((operation) => provider !== undefined && typeof provider[operation.name] !== 'function')
      .map(
        (operation): BootProblem => ({
          id: 'operation-missing',
          module: manifest.name,
          owner: manifest.owner,
          message: `promises ${operation.id}, and its provider ${provider!.constructor.name} has no such method.`,
          remedy: `Write 'implements ${port.name}' on the provider: the compiler then asks for every operation.`,
        }),
      );
  });
}

function undeclaredParticipants({ manifest, internal, workflows }: ModuleDeclaration): BootProblem[] {
  const ports = [manifest.port, ...manifest.uses, ...internal.map(([port]) => port)];
  const declared = new Set(ports.map((port) => port.contract.name));
  return workflows.flatMap((workflow) =>
    workflow.participants
      .filter((participant) => !declared.has(participant))
      .map(
        (participant): BootProblem => ({
          id: 'workflow-participant-undeclared',
          module: manifest.name,
          owner: manifest.owner,
          message: `owns the workflow ${workflow.name}, which calls '${participant}', and does not declare that port.`,
          remedy: `Add the port to 'uses' in the manifest, or to 'internal' in local.ts when it is the module's own.`,
        }),
      ),
  );
}

/** Durable workflows that nobody could run, or whose runs nobody could keep. */
function homelessRuns(plan: BootPlan, { manifest, workflows }: ModuleDeclaration): BootProblem[] {
  const { name: module, owner } = manifest;
  const durable = workflows.filter((workflow) => plan.modeOf(workflow, module) === 'durable');
  if (durable.length === 0 || plan.durableRuns?.keepsRunsOf(module)) return [];
  const message = `owns the workflow ${durable.map(({ name }) => name).join(', ')}, which takes several transactions here`;
  if (plan.durableRuns === undefined) {
    const remedy = 'Import WorkflowModule.forRoot(…) of @macrolith/workflow in the shell.';
    return [
      { id: 'durable-runs-missing', module, owner, message: `${message}, and nothing runs such workflows.`, remedy },
    ];
  }
  const remedy = 'Add durableWorkflows() of @macrolith/workflow to the features in its local.ts.';
  return [
    {
      id: 'durable-runs-without-tables',
      module,
      owner,
      message: `${message}, and has no tables to keep them in.`,
      remedy,
    },
  ];
}
