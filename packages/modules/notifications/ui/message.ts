import { html, path, type Tone } from '@macrolith/ui';

/** A message as the API lists it. */
export interface MessageSummary {
  readonly messageId: string;
  readonly channel: 'email' | 'memory';
  readonly carrier: 'smtp' | 'memory';
  readonly to: string;
  readonly template: string;
  readonly locale?: string;
  readonly subject: string;
  readonly status: 'queued' | 'sent' | 'failed';
  readonly reason?: string;
  readonly attempts: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly sentAt?: string;
}

export interface Message extends MessageSummary {
  readonly text: string;
}

/** The message's page. */
export function messagePage({ messageId }: MessageSummary): string {
  return path`/notifications/${messageId}`;
}

const STATUSES: Record<MessageSummary['status'], { readonly label: string; readonly tone: Tone }> = {
  queued: { label: 'On its way', tone: 'warning' },
  sent: { label: 'Sent', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
};

/** What became of it, as a badge. */
export function messageStatus({ status, attempts }: MessageSummary) {
  const { label, tone } = STATUSES[status];
  return html`<ml-status tone=${tone}>${status === 'queued' && attempts > 0 ? 'Trying again' : label}</ml-status>`;
}

/** How it went out, in the reader's words. */
export function channelName({ channel, carrier }: MessageSummary): string {
  if (channel === 'memory') return 'Kept here';
  return carrier === 'smtp' ? 'E-mail' : 'E-mail, kept here';
}
