export class FakeShop {}
