export class FakeStock {}
