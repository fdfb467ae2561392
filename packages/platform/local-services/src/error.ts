/** Why a local service could not be brought. The message is one sentence for the person at the terminal. */
export class LocalServiceError extends Error {
  override readonly name = 'LocalServiceError';
  readonly code: LocalServiceErrorCode;

  constructor(code: LocalServiceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type LocalServiceErrorCode =
  /** The npm package that carries PostgreSQL for this machine is not installed. */
  | 'postgres-not-installed'
  /** Root may not run PostgreSQL, and no system account could be found or made for it. */
  | 'no-postgres-account'
  /** The data folder cannot be read, written, or is not a data folder of this PostgreSQL. */
  | 'unusable-data-folder'
  /** Another running process uses the data folder. */
  | 'data-folder-in-use'
  /** PostgreSQL ended while it started. */
  | 'postgres-did-not-start'
  /** A test asked for a database, but no global setup had started a server. */
  | 'no-test-server'
  /** Neither PATH, nor Debian, nor Playwright brought a Chromium. */
  | 'no-chromium'
  /** Neither PATH, nor Debian, nor the official release brought a nats-server. */
  | 'no-nats-server'
  /** nats-server ended while it started, or was not ready in time. */
  | 'nats-did-not-start';
