import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { Channel } from './index.js';

@Entity({ schema: 'notifications', name: 'message' })
export class MessageRow {
  /** The id of the task that asked for it, so that a task that is delivered twice is one message. */
  @PrimaryColumn('uuid', { name: 'message_id' })
  messageId!: string;

  /** Counts up: the order of the list. */
  @Column({ type: 'bigint', insert: false, update: false })
  position!: string;

  @Column('text')
  channel!: Channel;

  @Column('text')
  carrier!: 'smtp' | 'memory';

  @Column('text')
  recipient!: string;

  @Column('text')
  template!: string;

  /** `null` where nothing could be written. */
  @Column('text', { nullable: true })
  locale!: string | null;

  @Column('text')
  subject!: string;

  @Column('text')
  text!: string;

  @Column('text')
  html!: string;

  @Column('text')
  status!: 'queued' | 'sent' | 'failed';

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('integer')
  attempts!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
