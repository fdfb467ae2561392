import { Inject, Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import type { Channel } from '../index.js';
import { NotificationsOptions } from '../notifications-options.js';
import type { Carrier } from './carrier.js';
import { MemoryCarrier } from './memory-carrier.js';
import { SmtpCarrier } from './smtp-carrier.js';

/** Knows which carrier serves a channel in this process. */
@Injectable()
export class PostOffice implements OnApplicationShutdown {
  readonly memory = new MemoryCarrier();
  private readonly smtp: SmtpCarrier | undefined;

  constructor(@Optional() @Inject(NotificationsOptions) options?: NotificationsOptions) {
    const { smtpUrl, mailFrom } = options ?? NotificationsOptions.fromEnvironment(process.env);
    if (smtpUrl !== undefined) this.smtp = new SmtpCarrier(smtpUrl, mailFrom);
  }

  carrierOf(channel: Channel): Carrier {
    return channel === 'email' && this.smtp !== undefined ? this.smtp : this.memory;
  }

  onApplicationShutdown(): void {
    this.smtp?.close();
  }
}
