export const PRODUCTS = 'catalog.product';
export const sql = { stock: 'SELECT * FROM warehouse.stock' } as const;
export const PARTS = `(
  SELECT json_agg(name) FROM catalog.product
)`;
