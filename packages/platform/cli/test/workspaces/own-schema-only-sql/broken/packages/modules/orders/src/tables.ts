export const PRODUCTS = 'catalog.product';
export const sql = { stock: 'SELECT * FROM warehouse.stock' } as const;
