export class PaymentsModule {}
