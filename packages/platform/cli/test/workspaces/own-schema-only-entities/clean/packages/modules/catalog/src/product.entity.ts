export class ProductRow {}
