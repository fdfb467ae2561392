export class ShopModule {}
