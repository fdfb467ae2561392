export class PaymentRow {}
