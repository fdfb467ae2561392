/** A miniature module that the tests call from another application, and what they need around it. */
import {
  command,
  defineError,
  type InputOf,
  instant,
  integer,
  mapOf,
  type Operation,
  Port,
  query,
  task,
  z,
} from '@macrolith/contract';
import {
  CallCancelled,
  type CallContext,
  currentContext,
  defineModule,
  IdempotencyStore,
  LocalModule,
  RemoteModule,
} from '@macrolith/core';
import { Global, Injectable, Module } from '@nestjs/common';

export class Overcast extends defineError(
  'observatory.overcast',
  { until: instant() },
  (e) => `Clouds until ${e.until.toISOString()}.`,
  { kind: 'conflict' },
) {}

export const Sighting = z.object({
  star: z.string(),
  at: instant(),
  distanceKm: integer(),
  magnitudes: mapOf(z.string(), z.number()),
  note: z.string().optional(),
});
export type Sighting = z.output<typeof Sighting>;

export abstract class Observatory extends Port({
  name: 'observatory',
  version: '1.2.0',
  operations: {
    /** The same again. */
    look: query({ input: Sighting, output: Sighting }),
    whoAsks: query({ output: z.object({ json: z.string() }) }),
    /** Waits until it is told to go on. */
    expose: query({ input: z.object({ plate: z.string() }), output: z.string() }),
    observe: command({
      input: z.object({ star: z.string() }),
      output: z.object({ count: z.int() }),
      errors: [Overcast],
    }),
    polish: command({}),
    point: command({ input: z.object({ star: z.string() }), permission: 'observatory.point' }),
    catalogue: query({ input: z.object({ bytes: z.int() }), output: z.string() }),
    clean: task({ input: z.object({ lens: z.string() }) }),
  },
}) {}

@Injectable()
export class ObservatoryService implements Observatory {
  readonly observed: string[] = [];
  readonly pointedAt: string[] = [];
  readonly cleaned: { lens: string; messageId: string | undefined }[] = [];
  /** What each plate waits for. */
  readonly exposures = new Map<string, PromiseWithResolvers<string>>();
  polished = 0;

  async look(sighting: Sighting): Promise<Sighting> {
    return sighting;
  }

  async whoAsks(): Promise<{ json: string }> {
    const { transaction: _, ...context }: CallContext = currentContext();
    return { json: JSON.stringify(context) };
  }

  expose({ plate }: InputOf<Observatory['expose']>): Promise<string> {
    const exposure = Promise.withResolvers<string>();
    this.exposures.set(plate, exposure);
    currentContext().cancellation?.onCancel(() => exposure.reject(new CallCancelled()));
    return exposure.promise;
  }

  async observe({ star }: InputOf<Observatory['observe']>): Promise<{ count: number }> {
    if (star === 'clouds') throw new Overcast({ until: new Date('2026-06-01T00:00:00.000Z') });
    if (star === 'black hole') throw new TypeError('the mirror of the secret telescope is broken');
    this.observed.push(star);
    return { count: this.observed.length };
  }

  async point({ star }: InputOf<Observatory['point']>): Promise<void> {
    this.pointedAt.push(star);
  }

  async polish(): Promise<void> {
    this.polished += 1;
  }

  async catalogue({ bytes }: InputOf<Observatory['catalogue']>): Promise<string> {
    return 'x'.repeat(bytes);
  }

  async clean({ lens }: InputOf<Observatory['clean']>): Promise<void> {
    this.cleaned.push({ lens, messageId: currentContext().messageId });
  }
}

const manifest = defineModule(Observatory, { owner: 'team-sky' });
@LocalModule(manifest, { provider: ObservatoryService })
export class LocalObservatory {}
@RemoteModule(manifest)
export class RemoteObservatory {}

/** Outcomes in memory, for modules that have no database. */
class Outcomes extends IdempotencyStore {
  private readonly known = new Map<string, Promise<unknown>>();

  override once(operation: Operation, key: string, _input: unknown, work: () => Promise<unknown>): Promise<unknown> {
    const id = `${operation.id} ${key}`;
    const outcome = this.known.get(id) ?? work();
    this.known.set(id, outcome);
    // What is refused leaves nothing behind.
    outcome.catch(() => this.known.delete(id));
    return outcome;
  }

  override onceApart(operation: Operation, key: string, input: unknown, work: () => Promise<unknown>) {
    return this.once(operation, key, input, work);
  }
}

@Global()
@Module({ providers: [{ provide: IdempotencyStore, useClass: Outcomes }], exports: [IdempotencyStore] })
export class Stores {}
