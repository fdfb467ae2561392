import { UnitOfWork } from '@macrolith/core';
import type { Database } from '@macrolith/data';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

/** Asks the database of this process, if it has one, whether it answers. */
@Injectable()
export class DatabasePing implements OnModuleInit {
  private database: Pick<Database, 'ping'> | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly modules: ModuleRef) {}

  async onModuleInit(): Promise<void> {
    // The data layer is loaded where it is installed only: a process without a database pays nothing for it.
    if (!this.has(UnitOfWork)) return;
    const { Database } = await import('@macrolith/data');
    if (this.has(Database)) this.database = this.modules.get(Database, { strict: false });
  }

  /** Rejects when the database fails or takes longer than `timeoutMs`. One ping at a time, however many ask. */
  async answer(timeoutMs: number): Promise<void> {
    if (this.database === undefined) return;
    this.running ??= this.database.ping().finally(() => {
      this.running = undefined;
    });
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs} ms.`)), timeoutMs);
    try {
      await Promise.race([this.running, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private has(token: Parameters<ModuleRef['get']>[0]): boolean {
    try {
      this.modules.get(token, { strict: false });
      return true;
    } catch {
      return false;
    }
  }
}
