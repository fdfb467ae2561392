import { type IsolationLevel, PlatformError, UnitOfWork, type UnitOfWorkOptions } from '@macrolith/core';
import { Inject } from '@nestjs/common';

const UNIT_OF_WORK = Symbol('macrolith.unit-of-work');

interface Injected {
  readonly [UNIT_OF_WORK]?: UnitOfWork;
}

type AsyncMethod = (this: Injected, ...args: never[]) => Promise<unknown>;

/** A `@Transactional()` method was called on an object that Nest did not make, so it has no unit of work. */
export class NotMadeByNest extends PlatformError {
  readonly code = 'macrolith.not-made-by-nest';
  constructor(readonly method: string) {
    super(
      `${method} is @Transactional(), and its object was not made by Nest. ` +
        'List the class among the providers of its module and inject it, or call UnitOfWork.run() yourself.',
    );
  }
}

/**
 * Runs the method in a unit of work: it starts one, or joins the running one under a savepoint. It commits when the
 * returned promise resolves and rolls back when it rejects. The method must be async, of any provider that Nest makes.
 */
export function Transactional(options: { readonly isolation?: IsolationLevel } = {}) {
  return <M extends AsyncMethod | ((...args: any[]) => Promise<unknown>)>(
    prototype: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    injectUnitOfWork(prototype);
    const method = descriptor.value! as AsyncMethod;
    const label = `${prototype.constructor.name}.${String(name)}`;
    const wrapped: AsyncMethod = function (...args) {
      const unitOfWork = this[UNIT_OF_WORK];
      if (unitOfWork === undefined) return Promise.reject(new NotMadeByNest(label));
      return unitOfWork.run(() => method.apply(this, args), options satisfies UnitOfWorkOptions);
    };
    Object.defineProperty(wrapped, 'name', { value: String(name) });
    copyMetadata(method, wrapped);
    descriptor.value = wrapped as unknown as M;
  };
}

function injectUnitOfWork(prototype: object): void {
  if (Object.hasOwn(prototype, INJECTED)) return;
  Object.defineProperty(prototype, INJECTED, { value: true });
  Inject(UnitOfWork)(prototype, UNIT_OF_WORK, undefined as never);
}

const INJECTED = Symbol('macrolith.unit-of-work-injected');

/** Other decorators, such as routes and subscriptions, keep their notes on the function. */
function copyMetadata(from: object, to: object): void {
  for (const key of Reflect.getOwnMetadataKeys(from)) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, from), to);
  }
}
