export class FakePayments {}
