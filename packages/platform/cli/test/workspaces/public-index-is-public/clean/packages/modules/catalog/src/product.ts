export interface Product {
  readonly productId: string;
}
