import { Task, TaskStatus } from '@lit/task';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import '../feedback/ml-error.js';
import '../feedback/ml-loading.js';

export interface ResourceOptions<T, A extends readonly unknown[]> {
  /** What the resource depends on. It is read again when one of them changes. */
  readonly args?: () => A;
  readonly load: (args: A, request: { readonly signal: AbortSignal }) => Promise<T>;
}

export type View = TemplateResult | typeof nothing | string;

/** One thing that is read from the server: with a loading state, an error with retry, and a reload. */
export class Resource<T, A extends readonly unknown[] = readonly unknown[]> {
  readonly #task: Task<A, T>;
  #isReloading = false;

  constructor(host: ReactiveControllerHost, options: ResourceOptions<T, A>) {
    this.#task = new Task<A, T>(host, {
      args: options.args ?? (() => [] as unknown as A),
      task: (args, { signal }) => options.load(args as A, { signal }),
    });
  }

  /** What was read last. */
  get value(): T | undefined {
    return this.#task.value;
  }

  get error(): unknown {
    return this.#task.error;
  }

  /** Reads again. What is there stays visible until the answer comes. */
  async reload(): Promise<void> {
    this.#isReloading = this.#task.status === TaskStatus.COMPLETE;
    try {
      await this.#task.run();
    } finally {
      this.#isReloading = false;
    }
  }

  /** Renders what was read; a skeleton before, and an error with a retry button instead. */
  view(complete: (value: T) => View, loading: () => View = () => html`<ml-loading></ml-loading>`): View {
    if (this.#isReloading && this.#task.value !== undefined) return complete(this.#task.value);
    return (
      this.#task.render({
        initial: loading,
        pending: loading,
        complete,
        error: (error) => html`<ml-error .error=${error} @ml-retry=${() => void this.reload()}></ml-error>`,
      }) ?? nothing
    );
  }
}
