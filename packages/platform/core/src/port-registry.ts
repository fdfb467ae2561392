import type { AnyPort, Operation } from '@macrolith/contract';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Binding, Call, PortProvider } from './binding/binding.js';
import { localBinding } from './binding/local-binding.js';
import { loopbackBinding } from './binding/loopback-binding.js';
import { remoteBinding } from './binding/remote-binding.js';
import { IdempotencyStore } from './idempotency-store.js';
import { MACROLITH_OPTIONS, type MacrolithOptions } from './macrolith-options.js';
import { NoIdempotencyStore, NoRemoteCalls, NoTaskQueue } from './missing-part.js';
import { PlatformError } from './platform-error.js';
import { CalledBeforeBoot, edgeOf, observed, PortHandle } from './port-handle.js';
import { RemoteCalls } from './remote-calls.js';
import { TaskQueue } from './task-queue.js';

/** Two Nest modules of one shell provide the same port. */
export class PortBoundTwice extends PlatformError {
  readonly code = 'macrolith.port-bound-twice';
  constructor(readonly port: string) {
    super(
      `The port '${port}' is provided twice in this shell. Keep one import of its module in the shell's module list.`,
    );
  }
}

/**
 * Which provider answers for which port in this process. Consumers are linked once all providers exist, so modules may
 * use each other without forwardRef.
 */
@Injectable()
export class PortRegistry {
  private readonly bindings = new Map<string, Binding>();
  private readonly providers = new Map<string, PortProvider>();
  private readonly handles: PortHandle[] = [];
  private readonly idempotency: IdempotencyStore;
  private readonly tasks: TaskQueue;
  private readonly remote: RemoteCalls;

  constructor(
    @Inject(MACROLITH_OPTIONS) private readonly options: MacrolithOptions,
    @Optional() idempotency?: IdempotencyStore,
    @Optional() tasks?: TaskQueue,
    @Optional() remote?: RemoteCalls,
  ) {
    this.idempotency = idempotency ?? new NoIdempotencyStore();
    this.tasks = tasks ?? new NoTaskQueue();
    this.remote = remote ?? new NoRemoteCalls();
  }

  /**
   * Makes `provider` answer for `port`, also for the consumers that asked before.
   *
   * @param idempotency where outcomes of its keyed commands are kept, for a provider that has no database
   */
  provide(port: AnyPort, provider: object, idempotency: IdempotencyStore = this.idempotency): void {
    const methods = provider as PortProvider;
    const { binding: kind, checks } = this.options;
    const make = kind === 'loopback' ? loopbackBinding : localBinding;
    const binding = make(methods, { idempotency, tasks: this.tasks, checks });
    this.bind(port, binding);
    this.providers.set(port.contract.name, methods);
  }

  /** Lets a provider in another process answer for `port`. */
  provideRemotely(port: AnyPort): void {
    this.bind(port, remoteBinding(port, this.remote, this.tasks));
  }

  /** The port as module `from` sees it. Its methods work once the provider exists, at the latest when all providers are made. */
  use(port: AnyPort, from: string): object {
    const handle = new PortHandle(port, from);
    const binding = this.bindings.get(port.contract.name);
    if (binding !== undefined) handle.link(binding);
    this.handles.push(handle);
    return handle.object;
  }

  /** An operation as a step of a workflow that module `from` runs, within the transaction of the run. */
  step(port: AnyPort, from: string, operation: Operation): Call {
    return this.bound(port, from, operation, 'step');
  }

  /** An operation as module `from` calls it, for a step that is no part of the run's transaction. */
  call(port: AnyPort, from: string, operation: Operation): Call {
    return this.bound(port, from, operation, 'call');
  }

  /** How a task that module `from` has queued is done, wherever its provider is; `undefined` when nothing here provides it. */
  performing(operation: Operation<'task'>, from: string): Call | undefined {
    const binding = this.bindings.get(operation.port);
    return binding?.perform(operation, edgeOf(from, operation, binding.kind));
  }

  bindingOf(port: string): Binding | undefined {
    return this.bindings.get(port);
  }

  /** The object that implements `port` in this process. */
  providerOf(port: string): PortProvider | undefined {
    return this.providers.get(port);
  }

  /** Who uses which port. */
  consumers(): readonly { readonly from: string; readonly port: AnyPort }[] {
    return this.handles;
  }

  private bind(port: AnyPort, binding: Binding): void {
    const { name } = port.contract;
    if (this.bindings.has(name)) throw new PortBoundTwice(name);
    this.bindings.set(name, binding);
    for (const handle of this.handles) {
      if (handle.port.contract.name === name) handle.link(binding);
    }
  }

  private bound(port: AnyPort, from: string, operation: Operation, as: 'step' | 'call'): Call {
    const binding = this.bindings.get(port.contract.name);
    if (binding === undefined) return () => Promise.reject(new CalledBeforeBoot(from, operation.id));
    const edge = edgeOf(from, operation, binding.kind);
    return observed(binding[as](operation, edge), edge);
  }
}
