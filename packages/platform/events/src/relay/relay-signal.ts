import { Injectable } from '@nestjs/common';

/** Tells the relay of this process that a module's outbox has something new. */
@Injectable()
export class RelaySignal {
  private listener: (module: string) => void = () => {};

  listen(listener: (module: string) => void): void {
    this.listener = listener;
  }

  wake(module: string): void {
    this.listener(module);
  }
}
