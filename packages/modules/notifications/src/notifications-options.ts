import { ModuleMisconfigured } from '@macrolith/core';

/** SMTP_URL or MAIL_FROM cannot be used. The message never repeats the value: it may hold a password. */
export class InvalidNotificationsOptions extends ModuleMisconfigured {
  constructor(problem: string) {
    super('notifications', problem);
  }
}

/**
 * How this process sends e-mail. A DI token too: the shell may provide one of its own in a global module; without, the
 * environment is read.
 */
export class NotificationsOptions {
  /** `smtp://…` or `smtps://…`. Without it, e-mail is kept in memory. */
  readonly smtpUrl: string | undefined;
  /** The sender, e.g. `Shop <orders@shop.example>`. */
  readonly mailFrom: string;

  constructor({
    smtpUrl,
    mailFrom = 'Macrolith <no-reply@macrolith.invalid>',
  }: { smtpUrl?: string; mailFrom?: string } = {}) {
    if (smtpUrl !== undefined && !isSmtpUrl(smtpUrl)) {
      throw new InvalidNotificationsOptions(
        'SMTP_URL is not a mail server: write smtp://user:password@host:port, or smtps:// for TLS from the first byte. ' +
          'Characters such as @ and / in the password must be percent-encoded.',
      );
    }
    if (/\p{Cc}/u.test(mailFrom) || !mailFrom.includes('@')) {
      throw new InvalidNotificationsOptions('MAIL_FROM is no sender: write Name <address@host> on one line.');
    }
    this.smtpUrl = smtpUrl;
    this.mailFrom = mailFrom;
  }

  /** From `SMTP_URL` and `MAIL_FROM`; empty counts as absent. */
  static fromEnvironment({ SMTP_URL, MAIL_FROM }: NodeJS.ProcessEnv): NotificationsOptions {
    return new NotificationsOptions({
      ...(SMTP_URL ? { smtpUrl: SMTP_URL } : {}),
      ...(MAIL_FROM ? { mailFrom: MAIL_FROM } : {}),
    });
  }
}

function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '';
}
