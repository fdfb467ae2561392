/** A nats-server with JetStream that was started here. */
export interface NatsServer {
  /** `nats://127.0.0.1:<port>`: the same after each restart. */
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now, or ran last: another one after each restart. */
  readonly pid: number;
  /** Ends the process by SIGKILL, and resolves when it is gone. What JetStream had stored is kept for `restart`. */
  kill(): Promise<void>;
  /** Stops the process where it stands (SIGSTOP): its connections stay open, and nothing answers until `resume`. */
  pause(): Promise<void>;
  /** Lets a paused process go on (SIGCONT). */
  resume(): void;
  /** Starts again on the same port and folder. A process that still runs is ended in good order first. */
  restart(): Promise<void>;
  /** Ends the process in good order, removes its folder, and resolves when both are gone. May be called again. */
  stop(): Promise<void>;
}
