export class FakeOrders {}
