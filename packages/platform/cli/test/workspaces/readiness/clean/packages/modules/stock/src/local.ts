export class StockModule {}
