import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, CreateDateColumn, Entity, PrimaryColumn, Repository } from 'typeorm';

@Entity({ schema: 'payments', name: 'payment' })
export class PaymentRow {
  @PrimaryColumn('uuid', { name: 'payment_id' })
  paymentId!: string;

  @Column('uuid', { name: 'order_id' })
  orderId!: string;

  @Column('int', { name: 'amount_cents' })
  amountCents!: number;

  @Column('text')
  status!: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}

@Injectable()
export class PaymentStore {
  constructor(@InjectRepository(PaymentRow) private readonly payments: Repository<PaymentRow>) {}

  async add(payment: Omit<PaymentRow, 'createdAt'>): Promise<void> {
    await this.payments.insert(payment);
  }
}
