import { UnitOfWork } from '@macrolith/core';
import type { INestApplicationContext } from '@nestjs/common';
import { RunStore } from '../../src/run/run-store.js';
import { Calls } from '../../src/runner/calls.js';

type Method = (...parameters: unknown[]) => Promise<unknown>;

/**
 * Calls `visit` before and after everything that a run does and that can be cut off there: each write to the store, each
 * step, each transaction. What `visit` throws takes the place of the act, or of its answer.
 */
export function atEveryPoint(app: INestApplicationContext, visit: (point: string) => void | Promise<void>): void {
  const around = (name: string, act: Method): Method =>
    async function (this: unknown, ...parameters) {
      await visit(`before ${name}`);
      const answer = await act.apply(this, parameters);
      await visit(`after ${name}`);
      return answer;
    };
  const replace = (target: object, method: string, make: (original: never) => unknown) => {
    const original = (target as Record<string, never>)[method]!;
    Object.defineProperty(target, method, { value: make(original), configurable: true, writable: true });
  };

  for (const write of ['begin', 'save']) {
    replace(RunStore.prototype, write, (original) => around(`the store's ${write}`, original));
  }
  for (const place of ['within', 'apart']) {
    replace(
      Calls.prototype,
      place,
      (original: (operation: { id: string }) => Method) =>
        function (this: Calls, operation: { id: string }) {
          return around(`${operation.id}, ${place}`, original.call(this, operation));
        },
    );
  }
  replace(app.get(UnitOfWork), 'run', (original) => around('a transaction', original));
}
