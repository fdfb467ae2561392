export class FakeCatalog {}
