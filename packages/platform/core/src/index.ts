/** Binds the ports of modules to their providers inside one Nest process, and runs their workflows. */

export { type BackoffOptions, backoffMs } from './backoff.js';
export type { Binding, Call, PortProvider } from './binding/binding.js';
export { ExternalCommandInTransaction } from './binding/command-scope.js';
export { RemoteCommandInTransaction } from './binding/remote-binding.js';
export { ofAnotherVersion } from './binding/undeclared.js';
export type { BootProblem } from './boot/boot-problem.js';
export { type BootReport, type BootReportRow, formatBootReport, type WorkflowRow } from './boot/boot-report.js';
export { BootRefused, BootVerification } from './boot/boot-verification.js';
export {
  type CallContext,
  context,
  currentCaller,
  currentContext,
  currentTraceId,
  type Principal,
  runInContext,
} from './call-context.js';
export { type BindingKind, type CallEdge, type CallHook, callHook } from './call-hook.js';
export { CallCancelled, Cancellation } from './cancellation.js';
export { Clock, SystemClock } from './clock.js';
export { EventsInDatabase } from './events-in-database.js';
export { CalledApart, IdempotencyStore } from './idempotency-store.js';
export { InstalledModules, ModuleNameTaken } from './installed-modules.js';
export { LocalModule, type LocalModuleOptions } from './local-module.js';
export { MacrolithModule } from './macrolith-module.js';
export { MACROLITH_OPTIONS, type MacrolithOptions } from './macrolith-options.js';
export { defineModule, InvalidManifest, type Manifest, type ManifestOptions } from './manifest.js';
export { MissingPart } from './missing-part.js';
export { declarationOf, type ModuleDeclaration } from './module-declaration.js';
export type { ModuleFeature } from './module-feature.js';
export { ModuleMisconfigured } from './module-misconfigured.js';
export { type Observation, type ObservedFigure, ObservedFigures } from './observed-figures.js';
export { PlatformError } from './platform-error.js';
export { CalledBeforeBoot } from './port-handle.js';
export { PlatformNotInstalled } from './port-providers.js';
export { PortBoundTwice, PortRegistry } from './port-registry.js';
export { authorize } from './principal/authorize.js';
export { EVERY_PERMISSION, type Identity } from './principal/identity.js';
export { type IdentifiableRequest, PrincipalSource } from './principal/principal-source.js';
export { PrincipalTokens } from './principal/principal-tokens.js';
export { PermissionDenied, Unauthenticated } from './principal/refusals.js';
export { type RemoteAnswer, RemoteCalls, type SendCall } from './remote-calls.js';
export { RemoteModule } from './remote-module.js';
export { RemotePorts } from './remote-ports.js';
export { Shutdown, type ShutdownPhase } from './shutdown.js';
export { DuplicatePlatform } from './single-copy.js';
export { TaskQueue } from './task-queue.js';
export { type NotDoneElsewhere, notDoneElsewhere, type TaskRetry, TaskTerms } from './task-terms.js';
export { newSpanId, newTraceId, newTraceparent } from './trace-ids.js';
export type { Collector, Transaction } from './transaction.js';
export { type IsolationLevel, UnitOfWork, type UnitOfWorkOptions } from './unit-of-work.js';
export {
  type FollowedWork,
  follow,
  type Work,
  type WorkEnd,
  type WorkHook,
  type WorkKind,
  workHook,
} from './work-hook.js';
export {
  type AfterPivot,
  type BeforePivot,
  type NeedsCompensation,
  type WorkflowDefinition,
  workflow,
} from './workflow/builder.js';
export { InvalidWorkflow } from './workflow/definition-checks.js';
export { DurableRuns } from './workflow/durable-runs.js';
export { type AnyWorkflow, type Scope, type Step, type StepKind, shapeOf, type Workflow } from './workflow/workflow.js';
export {
  WorkflowCancelled,
  WorkflowInTransaction,
  WorkflowNotOwned,
  WorkflowPending,
} from './workflow/workflow-errors.js';
export { type WorkflowMode, WorkflowModes } from './workflow/workflow-modes.js';
export { Workflows } from './workflow/workflows.js';
