import { Database } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { RELAY_CHANNEL } from './relay-channel.js';

/**
 * Tells the relays of other processes on the same database that a log has something new. It is sent after the commit and
 * not in it, and while one notification is under way all others of the time become one: commits never wait for it. One
 * that gets lost costs time only, since every relay looks by itself every few seconds.
 */
@Injectable()
export class OtherProcesses {
  private readonly news = new Set<string>();
  private telling = false;

  constructor(private readonly database: Database) {}

  tell(log: string): void {
    this.news.add(log);
    if (!this.telling) void this.tellAll();
  }

  /** Calls `wake` for each log that another process, or this one, has written to; `missed` when it may not have heard. */
  listen(wake: (log: string) => void, missed: () => void): void {
    void this.database.listen(RELAY_CHANNEL, wake, missed);
  }

  private async tellAll(): Promise<void> {
    this.telling = true;
    for (const log of this.news) {
      this.news.delete(log);
      await this.database.notify(RELAY_CHANNEL, log).catch(() => {});
    }
    this.telling = false;
  }
}
