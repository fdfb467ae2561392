import { type AnyPort, BINDINGS, type Operation } from '@macrolith/contract';
import type { Binding, Call } from './binding/binding.js';
import { type BindingKind, type CallEdge, callHook } from './call-hook.js';
import { PlatformError } from './platform-error.js';

/** A port was called before its provider was linked to it. */
export class CalledBeforeBoot extends PlatformError {
  readonly code = 'macrolith.called-before-boot';
  constructor(
    readonly from: string,
    readonly operation: string,
  ) {
    super(
      `'${from}' called ${operation} before the application had started, so no provider is linked yet. ` +
        'Call it in onModuleInit or later, not in a constructor or a provider factory.',
    );
  }
}

interface BoundClass {
  new (): object;
  readonly prototype: Record<string, Call>;
}

/**
 * One port as one consumer sees it: an object whose class has one method per operation. Each consumer has its own, so
 * that who calls whom is a constant.
 */
export class PortHandle {
  readonly object: object;
  private readonly bound: BoundClass;

  constructor(
    readonly port: AnyPort,
    readonly from: string,
  ) {
    const Base = port as unknown as new () => object;
    this.bound = class extends Base {} as unknown as BoundClass;
    BINDINGS.add(this.bound as never);
    for (const operation of this.operations()) {
      this.define(operation.name, () => Promise.reject(new CalledBeforeBoot(from, operation.id)));
    }
    this.object = new this.bound();
  }

  /** Points the methods of the already injected object at the provider. */
  link(binding: Binding): void {
    Object.defineProperty(this.bound, 'name', { value: `${this.port.name}(${binding.kind})` });
    for (const operation of this.operations()) {
      const edge = edgeOf(this.from, operation, binding.kind);
      this.define(operation.name, observed(binding.call(operation, edge), edge));
    }
  }

  private operations(): readonly Operation[] {
    return Object.values(this.port.contract.operations);
  }

  private define(name: string, method: Call): void {
    Object.defineProperty(method, 'name', { value: `${this.port.name}.${name}` });
    Object.defineProperty(this.bound.prototype, name, { value: method, configurable: true, writable: true });
  }
}

export function edgeOf(from: string, operation: Operation, binding: BindingKind): CallEdge {
  const { module: to, name, kind } = operation;
  return Object.freeze({ from, to, operation: name, kind, binding });
}

/** The call, seen by the hook while there is one. */
export function observed(call: Call, edge: CallEdge): Call {
  return (input) => (callHook.current === undefined ? call(input) : callHook.current(edge, () => call(input)));
}
