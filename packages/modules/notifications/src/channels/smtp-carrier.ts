import { createTransport, type Transporter } from 'nodemailer';
import { type Carrier, type Letter, Undeliverable } from './carrier.js';

const TIMEOUT_MS = 10_000;

const ADDRESS = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/;

/** Sends e-mail over one pool of connections to one mail server. */
export class SmtpCarrier implements Carrier {
  readonly name = 'smtp';
  private readonly transport: Transporter;

  /** @param url `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. It is never logged. */
  constructor(
    url: string,
    private readonly from: string,
  ) {
    this.transport = createTransport({
      url,
      pool: true,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async deliver({ messageId, to, subject, text, html }: Letter): Promise<void> {
    if (!ADDRESS.test(to)) throw new Undeliverable('The recipient is not an e-mail address.');
    try {
      await this.transport.sendMail({
        from: this.from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        headers: { 'X-Macrolith-Message': messageId },
      });
    } catch (error) {
      throw refusedForGood(error) ? new Undeliverable((error as Error).message, { cause: error }) : error;
    }
  }

  close(): void {
    this.transport.close();
  }
}

/** SMTP replies from 500 are permanent (RFC 5321, section 4.2.1); a wrong password is mended by people, then retried. */
function refusedForGood(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
}
