import { DataSource } from 'typeorm';
import { PaymentsService } from '@shop/payments/src/payments.service.js';

export class Report {
  constructor(private readonly data: DataSource) {}

  async count() {
    await this.data.query('SELECT count(*) FROM payments.payment');
    await this.data.query('SELECT count(*) FROM catalog.product');
    return PaymentsService;
  }
}
