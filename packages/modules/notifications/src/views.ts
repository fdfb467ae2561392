import type { Message, MessageSummary } from './index.js';
import type { MessageRow } from './message.entity.js';

export function toSummary(row: Omit<MessageRow, 'position'>): MessageSummary {
  return {
    messageId: row.messageId,
    channel: row.channel,
    carrier: row.carrier,
    to: row.recipient,
    template: row.template,
    ...(row.locale === null ? {} : { locale: row.locale }),
    subject: row.subject,
    status: row.status,
    ...(row.reason === null ? {} : { reason: row.reason }),
    attempts: row.attempts,
    createdAt: row.createdAt,
    ...(row.sentAt === null ? {} : { sentAt: row.sentAt }),
  };
}

export function toMessage(row: Omit<MessageRow, 'position'>): Message {
  return { ...toSummary(row), text: row.text, html: row.html };
}
