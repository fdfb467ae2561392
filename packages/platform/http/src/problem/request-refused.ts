import { PlatformError } from '@macrolith/core';

/** A request that the HTTP rim refuses by itself, before or beside any module. The message is meant for the client. */
export class RequestRefused extends PlatformError {
  constructor(
    readonly status: number,
    readonly code: `macrolith.${string}`,
    message: string,
    options?: ErrorOptions & { readonly headers?: Readonly<Record<string, string>> },
  ) {
    super(message, options);
    this.headers = options?.headers ?? {};
  }

  /** Headers of the answer, e.g. `Allow` or `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;
}
