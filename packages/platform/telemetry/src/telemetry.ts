/** What this process tells about itself. The DI token, provided where telemetry is switched on. */
export abstract class Telemetry {
  /** All figures as text that Prometheus reads. */
  abstract prometheus(): Promise<string>;
  /** Sends what waits to be sent. Resolves when the collector has it, or when it could not be reached. */
  abstract flush(): Promise<void>;
}
